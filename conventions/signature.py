"""Pure: on which days a convention may take effect and be signed, and the sentence for the others."""

from datetime import date

from conventions.expected import YEARS, Period, anniversary

PROGRAMME_START = date(2018, 1, 1)
"""The PAQTE was launched in 2018: no convention of it is older, and the database holds that too."""


def too_old(starts_on: date) -> str:
    """Why a convention cannot take effect on that day; empty when it can."""
    if starts_on >= PROGRAMME_START:
        return ""
    return f"La date d’effet ne peut pas précéder le PAQTE, lancé en 2018\u00a0: vérifiez le {starts_on:%d/%m/%Y}."


def overlap_refusal(reference: str, start: date, end: date) -> str:
    """Why another convention of the company cannot share a day with this one."""
    return (
        f"L’entreprise a déjà la convention {reference}, du {start:%d/%m/%Y} au {end:%d/%m/%Y} : "
        "deux conventions ne peuvent pas se chevaucher."
    )


def taken_refusal(charter: object, reference: str) -> str:
    """Why a charter that became a convention does not become another."""
    return f"{charter} : elle est déjà transformée en convention, {reference}."


def outside(term: Period, on: date, *, what: str) -> str:
    """Why `what` cannot be on that day, which is not of the term; empty when it can."""
    if term.start <= on <= term.end:
        return ""
    return f"{what} tombe entre le {term.start:%d/%m/%Y} et le {term.end:%d/%m/%Y}."


def termination_refusal(on: date, term: Period) -> str:
    """Why a convention cannot end on that day, before its term; empty when it can."""
    return outside(term, on, what="La résiliation")


def flag_refusal(since: date, term: Period) -> str:
    """Why a convention cannot be counted elsewhere from that day on; empty when it can."""
    return outside(term, since, what="Ce jour")


def signature_window(*, starts_on: date, ends_on: date, drafted_on: date, today: date) -> Period:
    """The days on which this convention may have been signed; empty when its time has not come.

    It is signed at most a year before it takes effect and not after its end, and recorded once it is done. A préfecture
    that takes over conventions signed on paper goes back three years at most: what is older has run its course.
    """
    earliest = max(PROGRAMME_START, anniversary(starts_on, -1), anniversary(drafted_on, -len(YEARS)))
    return Period(earliest, min(ends_on, today))


def signature_refusal(on: date, window: Period) -> str:
    """Why this day cannot be the one of the signature, with the days that can; empty when it can."""
    if window.start <= on <= window.end:
        return ""
    if window.start > window.end:
        return f"Cette convention ne se signe pas avant le {window.start:%d/%m/%Y}, un an avant sa date d’effet."
    return (
        f"Le {on:%d/%m/%Y} ne peut pas être le jour de la signature\u00a0: elle a eu lieu entre le "
        f"{window.start:%d/%m/%Y} et le {window.end:%d/%m/%Y}. Vérifiez la date."
    )
