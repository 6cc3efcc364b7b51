"""« À traiter »: what waits for a préfecture, what is late first. Each line counts the rows of the page it opens."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db.models import F, QuerySet
from django.urls import reverse

from accounts.models import User
from companies.models import Charter, Company
from companies.selectors import unanswered
from companies.unreachable import unreachable
from conventions.lists.answers import AGAIN, NARROWING
from conventions.lists.charters import LEFT
from conventions.lists.companies import UNANSWERED
from conventions.lists.conventions import EXPIRING
from conventions.models import Campaign, Convention, Situation, Submission
from conventions.models.periods import SOON
from conventions.models.submission_rows import due_on
from conventions.selectors.charters import CONVERTED_BY, left_to_convert
from french.numbers import counted
from french.words import long_date
from reporting.dashboards.bilan_tasks import bilans, questions, untrue
from reporting.dashboards.counting import Kind
from reporting.dashboards.words import Task, Urgency, in_order

NAMED = 5
"""How many conventions about to end the home names one by one."""

SUBMISSIONS = (
    Kind("remontée à valider", "remontées à valider", "a-valider", F("transmitted_at"), "transmise le"),
    Kind(
        "entreprise silencieuse deux semestres de suite",
        "entreprises silencieuses deux semestres de suite",
        AGAIN,
        due_on(),
        "attendue depuis le",
        Urgency.LATE,
    ),
    Kind(
        "remontée silencieuse, délai dépassé",
        "remontées silencieuses, délai dépassé",
        "delai-depasse",
        due_on(),
        "attendue depuis le",
        Urgency.LATE,
    ),
    Kind(
        "remontée en attente de correction",
        "remontées en attente de correction",
        "a-corriger",
        F("returned_at"),
        "renvoyée le",
        Urgency.THEIRS,
    ),
)
CONVENTIONS = (
    Kind(
        "convention prête à signer",
        "conventions prêtes à signer",
        Situation.READY,
        F("starts_on"),
        "prend effet le",
        missed="devait prendre effet le",
    ),
    Kind(
        "convention en brouillon",
        "conventions en brouillon",
        Situation.DRAFT,
        F("starts_on"),
        "prend effet le",
        missed="devait prendre effet le",
    ),
)


def prefecture_tasks(user: User, campaigns: Sequence[Campaign], on: date, *, at: datetime) -> tuple[Task, ...]:
    """Everything, in order; a constant number of queries. `campaigns` are those opened by that day, the last first.

    Invitations are judged at the hour `at`.
    """
    return in_order(
        [
            *_access(user, campaigns, on, at),
            *_addresses(user),
            *_submissions(user, on),
            *_conventions(user, on),
            *_charters(user, on),
            *untrue(user, on),
            *questions(user),
            *bilans(user, campaigns, on),
        ]
    )


def _access(user: User, campaigns: Sequence[Campaign], on: date, at: datetime) -> Iterator[Task]:
    """A company that nobody can answer for stays mute, semester after semester."""
    mute = unanswered(Company.objects.visible_to(user), on=on, at=at).count()
    if mute:
        one = "entreprise signataire n’a personne pour répondre"
        several = "entreprises signataires n’ont personne pour répondre"
        due = campaigns[0].due_on if campaigns else None
        when = f"échéance {'le' if due >= on else 'passée le'} {long_date(due)}" if due else ""
        url = f"{reverse('company_list')}?acces={UNANSWERED}"
        yield Task(counted(mute, one, several), url, Urgency.BLOCKED, due, when)


def _addresses(user: User) -> Iterator[Task]:
    kind = Kind(
        "adresse ne reçoit pas les courriels du portail",
        "adresses ne reçoivent pas les courriels du portail",
        "",
        F("created_at"),
        "depuis le",
        Urgency.BLOCKED,
    )
    yield from kind.task(unreachable(user), reverse("unreachable_list"), user=user, on=date.max)


def _submissions(user: User, on: date) -> Iterator[Task]:
    rows = Submission.objects.visible_to(user).filter(campaign__opens_on__lte=on)
    for kind in SUBMISSIONS:
        url = f"{reverse('submission_list')}?etat={kind.word}"
        yield from kind.task(NARROWING[kind.word](rows, on), url, user=user, on=on)


def _conventions(user: User, on: date) -> Iterator[Task]:
    rows = Convention.objects.visible_to(user)
    for kind in CONVENTIONS:
        url = f"{reverse('convention_list')}?situation={kind.word}"
        yield from kind.task(rows.in_situation(Situation(kind.word), on), url, user=user, on=on)
    yield from _expiring(rows.to_renew(on), on)


def _expiring(rows: QuerySet[Convention], on: date) -> list[Task]:
    """A few conventions about to end are named; more are counted, and their list is one click away."""
    ending = list(rows.select_related("company").order_by("ends_on", "reference")[: NAMED + 1])
    if len(ending) > NAMED:
        first = ending[0].ends_on
        sentence = (
            f"{counted(rows.count(), 'convention expire', 'conventions expirent')} d’ici le {long_date(on + SOON)}"
        )
        url = f"{reverse('convention_list')}?situation={EXPIRING}"
        return [Task(sentence, url, Urgency.AHEAD, first, f"la première le {long_date(first)}")]
    return [
        Task(
            f"La convention de {row.company.name} expire dans {counted((row.ends_on - on).days, 'jour', 'jours')}",
            row.get_absolute_url(),
            Urgency.AHEAD,
            row.ends_on,
            f"le {long_date(row.ends_on)}",
        )
        for row in ending
    ]


def _charters(user: User, on: date) -> Iterator[Task]:
    left = left_to_convert(Charter.objects.visible_to(user), on=on).count()
    if left:
        one, several = "charte Entreprises et Quartiers à convertir", "chartes Entreprises et Quartiers à convertir"
        is_late = on > CONVERTED_BY
        yield Task(
            counted(left, one, several),
            f"{reverse('charter_list')}?etat={LEFT}",
            Urgency.LATE if is_late else Urgency.AHEAD,
            CONVERTED_BY,
            f"la circulaire {'demandait' if is_late else 'demande'} janvier 2020",
        )
