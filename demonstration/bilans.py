"""Writes, transmits and rectifies the bilans of the demonstration, with their context and partners."""

from demonstration.signing import Office
from demonstration.sources import BilanSource, DepartmentSource
from reporting import actions
from reporting.actions import Render
from reporting.models import Bilan, Partner, PrefectureExample
from reporting.selectors import examples_offered
from territories.models import DepartmentFigures

TEXTS = ("organisation", "strategy", "obstacles", "essentials")


def prepare_ground(texts: DepartmentSource) -> None:
    """The partners of the département and, where figures were found, its context."""
    Partner.objects.bulk_create(Partner(department_id=texts.code, **row) for row in texts.partners)


def send(source: BilanSource, ground: DepartmentSource, office: Office, *, render: Render) -> Bilan:
    """Start the bilan, fill in its boxes and, if its time has come, transmit it."""
    bilan = actions.start(
        department=office.department,
        semester=source.semester,
        at=office.at(source.started_on, 9),
        by=office.referent,
    )
    # What the file does not say stays as the last bilan had it, to be read again.
    texts = {name: text for name in TEXTS if (text := getattr(source, name))}
    bilan = actions.write(bilan, by=office.referent, read=list(texts), **texts)
    _tell_examples(bilan, ground, office)
    if source.transmitted_on is None:
        return bilan
    _confirm_context(bilan, ground, office)
    actions.transmit(
        bilan,
        at=office.at(source.transmitted_on, 16, 30),
        by=office.referent,
        render=render,
        sending_note=source.sending_note,
    )
    return bilan


def rectify(bilan: Bilan, source: BilanSource, office: Office, *, render: Render) -> None:
    """Send the second version of a bilan, when the list says that there is one."""
    if source.rectified_on is None:
        return
    bilan.refresh_from_db()
    new = actions.rectify(
        bilan, at=office.at(source.rectified_on, 9), by=office.referent, reason=source.rectification_reason
    )
    actions.transmit(
        new,
        at=office.at(source.rectified_on, 17),
        by=office.referent,
        render=render,
        sending_note=source.rectified_note or None,
    )


def _tell_examples(bilan: Bilan, ground: DepartmentSource, office: Office) -> None:
    """Every example of the companies, the first of which may be published, and those of the préfecture."""
    offered = list(examples_offered(bilan).values_list("pk", flat=True))
    actions.choose_examples(bilan, chosen=offered, publishable=offered[:1], by=office.referent)
    told = [row for row in ground.own_examples if row["semester"] == str(bilan.semester)]
    actions.change_examples(bilan, written=[PrefectureExample(**row) for row in told], by=office.referent)


def _confirm_context(bilan: Bilan, texts: DepartmentSource, office: Office) -> None:
    """The référent reads the figures again each semester: those carried over, or those of the file the first time."""
    carried = DepartmentFigures.objects.filter(department=bilan.department_id, semester=bilan.semester).first()
    if carried or texts.context:
        actions.set_context(bilan, figures=carried or DepartmentFigures(**texts.context), by=office.referent)
