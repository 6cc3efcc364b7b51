"""The journals there are: where each keeps its lines, what a line is about, and how one looks into it."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import AccountAct, Trace, User
from companies.models import Company, CompanyLog
from conventions.models import CampaignLog, ConventionLog, SubmissionLog
from conventions.transitions import ConventionState
from french.numbers import counted
from indicators.models import CatalogueDraftLog
from national.acts import EDITIONS, PUBLISHING
from national.models import Edition, Message, Publication
from reporting.models import Arbitration, BilanLog
from workflows.tables import CREATION, ActTable

Words = tuple[tuple[str, str], ...]
"""What a journal may say was done: the name of each act, and its words."""

Named = tuple[str, str]
"""What a line is about: its name, and the address of its page; empty without one."""


@dataclass(frozen=True)
class Source:
    """One journal. Its lines have `by` and the instant `at`, whatever keeps them."""

    code: str
    """In addresses."""
    label: str
    model: type[Any]  # Any: rows that share these two names, and `visible_to`
    words: Words
    about: Callable[[Any], Named]  # Any: as above
    related: tuple[str, ...]
    """What a page reads of each line besides, in the same query."""
    heavy: tuple[str, ...] = ()
    """What it does not read."""
    detail: Callable[[Any], str] = attrgetter("detail")  # Any: as above
    """What a line says after that."""
    at: str = "at"
    act: str = "transition"
    """The field that names the act; empty where there is only one."""
    company: str = ""
    """The path to the company; empty where a line is of none."""
    reference: str = ""
    """The path to the reference of the convention."""

    def lines(self, reader: User) -> "QuerySet[Any]":  # Any: as above
        """Those that somebody may read, the last first."""
        rows: QuerySet[Any] = self.model.objects.visible_to(reader)  # Any: as above
        return rows.select_related("by", *self.related).defer(*self.heavy).order_by(f"-{self.at}", "-pk")

    def past(self, line: Any) -> str:  # Any: as above
        """What a line says was done."""
        return dict(self.words)[getattr(line, self.act)] if self.act else self.words[0][1]

    def about_condition(self, text: str, reader: User) -> Q | None:
        """Which lines are about what people call so: a company, a convention; None where none can be."""
        if not self.company:
            return None
        companies = Company.objects.visible_to(reader).search(text)
        found = Q(**{f"{self.company}__in": companies.order_by().values("pk")})
        return found | Q(**{f"{self.reference}__icontains": text}) if self.reference else found

    def is_read_by(self, reader: User) -> bool:
        """Whether this person has lines to read there, today or another day. No query."""
        paths = self.model.scope_paths
        return bool(paths.department) if reader.department_id else paths.national is not None


def _told(table: ActTable) -> Words:
    made = ((CREATION, table.past(CREATION)),) if table.creators else ()
    return (*made, *((item.name, item.past) for item in table.told))


def _convention(line: ConventionLog) -> Named:
    row = line.convention
    url = "" if row.state == ConventionState.DROPPED else row.get_absolute_url()
    return f"Convention {row.reference}, {row.company}", url


def _submission(line: SubmissionLog) -> Named:
    row = line.submission
    return f"Remontée du {row.semester.label}, {row.company}", row.get_absolute_url()


def _bilan(line: BilanLog) -> Named:
    row = line.bilan
    return f"Bilan du {row.semester.label}, {row.department}, version {row.version}", row.get_absolute_url()


def _arbitration(line: Arbitration) -> Named:
    return f"{line.group}, {line.semester.label}", ""


def _ruling(line: Arbitration) -> str:
    kept = [f"entreprise gardée\u00a0: {line.company}"] if line.company else []
    return "\u00a0; ".join([line.get_ruling_display(), *kept, line.reason])


def _nothing(_line: Trace) -> Named:
    return "", ""


def _account(line: AccountAct) -> Named:
    """Whose account it is, where another one acted."""
    return ("" if line.account_id == line.by_id else line.account.bare_name), ""


def _account_act(line: AccountAct) -> str:
    given = [f"à {line.successor.bare_name}"] if line.successor else []
    return ", ".join([*given, *filter(None, [line.reason])])


def _trace(line: Trace) -> str:
    rows = counted(line.rows, "ligne", "lignes") if line.rows is not None else ""
    network = f"réseau {line.network}" if line.network else ""
    return ", ".join(filter(None, [line.what, rows, network]))


ACCOUNTS: Words = (
    (AccountAct.Kind.DEACTIVATE, "Compte désactivé"),
    (AccountAct.Kind.REACTIVATE, "Compte réactivé"),
    (AccountAct.Kind.HAND_OVER, "Portefeuille confié"),
    (AccountAct.Kind.JOIN, "Rôle accepté"),
    (AccountAct.Kind.PASSWORD, "Mot de passe changé"),
    (AccountAct.Kind.ADDRESS, "Adresse changée"),
    (AccountAct.Kind.FACTOR, "Second facteur activé"),
    (AccountAct.Kind.NO_FACTOR, "Second facteur désactivé"),
)


SOURCES = (
    Source(
        code="entreprises",
        label="Entreprises",
        model=CompanyLog,
        words=_told(CompanyLog.workflow),
        about=lambda line: (line.company.name, line.company.get_absolute_url()),
        related=("about", "company"),
        company="company",
    ),
    Source(
        code="conventions",
        label="Conventions",
        model=ConventionLog,
        words=_told(ConventionLog.workflow),
        about=_convention,
        related=("convention__company",),
        company="convention__company",
        reference="convention__reference",
    ),
    Source(
        code="remontees",
        label="Remontées",
        model=SubmissionLog,
        words=_told(SubmissionLog.workflow),
        about=_submission,
        related=("submission__company",),
        company="submission__company",
        reference="submission__convention__reference",
    ),
    Source(
        code="bilans",
        label="Bilans",
        model=BilanLog,
        words=_told(BilanLog.workflow),
        about=_bilan,
        related=("bilan__department",),
    ),
    Source(
        code="doubles",
        label="Doubles comptes",
        model=Arbitration,
        words=(("arbitrer", "Double compte arbitré"),),
        about=_arbitration,
        detail=_ruling,
        related=("group", "company"),
        act="",
        company="company",
    ),
    Source(
        code="campagnes",
        label="Campagnes",
        model=CampaignLog,
        words=_told(CampaignLog.workflow),
        about=lambda line: (f"Campagne du {line.campaign.semester.label}", line.campaign.get_absolute_url()),
        related=("campaign",),
    ),
    Source(
        code="catalogue",
        label="Catalogue",
        model=CatalogueDraftLog,
        words=_told(CatalogueDraftLog.workflow),
        about=lambda line: ("Version du catalogue", reverse("draft_detail", args=[line.cataloguedraft_id])),
        related=(),
    ),
    Source(
        code="messages",
        label="Messages",
        model=Message,
        words=_told(Message.workflow),
        about=lambda line: (str(line.department or "Plusieurs préfectures"), line.get_absolute_url()),
        related=("department",),
    ),
    Source(
        code="versions",
        label="Versions figées",
        model=Edition,
        words=((CREATION, EDITIONS.past(CREATION)),),
        about=lambda line: (line.title, line.get_absolute_url()),
        detail=attrgetter("reason"),
        related=(),
        at="asked_at",
        act="",
    ),
    Source(
        code="publications",
        label="Chiffres publics",
        model=Publication,
        words=_told(PUBLISHING),
        about=lambda line: (f"Chiffres publics du {line.semester.label}", ""),
        detail=lambda line: f"empreinte {line.sha256}",
        related=(),
        heavy=("content",),
        act="",
    ),
    Source(
        code="comptes",
        label="Comptes",
        model=AccountAct,
        words=ACCOUNTS,
        about=_account,
        detail=_account_act,
        related=("account", "successor"),
        act="kind",
    ),
    Source(
        code="acces",
        label="Connexions et fichiers",
        model=Trace,
        words=tuple(Trace.Kind.choices),
        about=_nothing,
        detail=_trace,
        related=(),
        act="kind",
    ),
)
"""In the order in which lines of one instant are told."""
