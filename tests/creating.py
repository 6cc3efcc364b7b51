"""Every address whose POST creates rows, typed by hand, with a sending that creates one: what the races send."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from companies.models import Charter, Company, Contact, Establishment, FormerName, GroupLink, Invitation, Succession
from conventions.models import ActionExample, Campaign, CampaignReminder, Convention, ElsewhereFlag, SpecificCommitment
from reporting.actions import ask_back, transmit
from reporting.models import Arbitration, Bilan, BilanLog, Partner, PrefectureExample
from tests.cast import Cast
from tests.factories import (
    S1_2019,
    BilanFactory,
    CampaignFactory,
    ConventionFactory,
    GroupLinkFactory,
    SubmissionFactory,
    invented_siren,
    invented_siret,
)
from tests.indicators.creating import new_draft, new_indicator, new_version
from tests.national.creating import late_bilan, new_edition, new_message, new_publication
from tests.pages import hidden_fields, signed_in
from tests.reporting.pages import AT, plain
from tests.sending import Sending, rows_of

TODAY = date(2019, 9, 15)


def new_company(cast: Cast) -> Sending:
    siret = invented_siret(4242)
    data = {"siret": siret, "name": "Énergie du Terril", "category": "PME", "sector": "entreprise"}
    return Sending(
        cast.referent, reverse("company_create"), data, Company.objects.filter(siret=siret, department="62").count
    )


def new_member(cast: Cast) -> Sending:
    data = {"action": "invite", "email": "nouveau@example.org", "role": "contributeur"}
    url = reverse("company_members", args=[cast.company.pk])
    return Sending(cast.member, url, data, Invitation.objects.filter(company=cast.company).count)


def new_invitation(cast: Cast) -> Sending:
    url = f"{reverse('invitation_create')}?pour=lecteur"
    return Sending(
        cast.referent, url, {"email": "nouveau@example.org"}, Invitation.objects.filter(role="lecteur").count
    )


def new_contact(cast: Cast) -> Sending:
    url = reverse("company_contacts", args=[cast.company.pk])
    return Sending(cast.member, url, rows_of("contacts", name="Alix"), Contact.objects.filter(name="Alix").count)


def new_establishment(cast: Cast) -> Sending:
    siret = invented_siret(4243)
    return Sending(
        cast.referent,
        reverse("company_establishments", args=[cast.company.pk]),
        rows_of("establishments", siret=siret),
        Establishment.objects.filter(siret=siret).count,
    )


def new_group(cast: Cast) -> Sending:
    data = {"action": "join", "siren": invented_siren(4245), "name": "Groupe du Terril", "since": "2019-01-01"}
    url = reverse("company_group", args=[cast.company.pk])
    return Sending(cast.referent, url, data, GroupLink.objects.filter(company=cast.company).count)


def new_name(cast: Cast) -> Sending:
    url = reverse("company_rename", args=[cast.company.pk])
    data = {"name": "Ateliers du Terril", "since": "2019-07-01"}
    return Sending(cast.referent, url, data, FormerName.objects.filter(company=cast.company).count)


def new_end(cast: Cast) -> Sending:
    url = reverse("company_succession", args=[cast.company.pk])
    data = {"kind": "fermee", "last_day": "2019-06-30"}
    return Sending(cast.referent, url, data, Succession.objects.filter(company=cast.company).count)


def new_charter(cast: Cast) -> Sending:
    data = {"company": cast.company.pk, "reference": "CEQ-62-7", "signed_on": "2016-02-08"}
    return Sending(cast.referent, reverse("charter_create"), data, Charter.objects.filter(reference="CEQ-62-7").count)


def new_charter_of(cast: Cast) -> Sending:
    url = reverse("company_charters", args=[cast.company.pk])
    data = {"reference": "CEQ-62-8", "signed_on": "2016-02-08"}
    return Sending(cast.referent, url, data, Charter.objects.filter(reference="CEQ-62-8").count)


def new_convention(cast: Cast) -> Sending:
    data = {
        "company": cast.company.pk,
        "starts_on": "2019-09-01",
        "axes": ["sensibiliser", "former", "recruter", "acheter"],
        "axes_reason": "",
        "charter_reference": "CEQ-62-1",
        "charter_signed_on": "2016-02-08",
    }
    return Sending(
        cast.referent,
        reverse("convention_create"),
        data,
        lambda: Convention.objects.count() * Charter.objects.count(),
    )


def new_commitment(cast: Cast) -> Sending:
    draft = ConventionFactory(company=cast.company, draft=True)
    data = {"action": "add", "label": "Prêter une salle", "target": "30", "unit": "heures"}
    url = reverse("convention_commitments", args=[draft.pk])
    return Sending(cast.referent, url, data, SpecificCommitment.objects.count)


def new_flag(cast: Cast) -> Sending:
    signed = ConventionFactory(company=cast.company)
    data = {"action": "flag", "where": "Convention nationale du groupe", "since": "2019-02-08"}
    url = reverse("convention_elsewhere", args=[signed.pk])
    return Sending(cast.referent, url, data, ElsewhereFlag.objects.filter(convention=signed).count)


def renewal(cast: Cast) -> Sending:
    signed = ConventionFactory(company=cast.company)
    url = reverse("convention_renew", args=[signed.pk])
    return Sending(cast.referent, url, {}, Convention.objects.filter(renews=signed).count)


def new_campaign(cast: Cast) -> Sending:
    data = {
        "semester": "2019-S1",
        "opens_on": "2019-07-01",
        "due_on": "2019-07-31",
        "locks_on": "2019-09-30",
        "relance-1-on": "2019-07-20",
    }
    return Sending(
        cast.cget,
        reverse("campaign_create"),
        data,
        lambda: Campaign.objects.count() * CampaignReminder.objects.count(),
    )


def new_reminder(cast: Cast) -> Sending:
    campaign = CampaignFactory()
    dates = {name: getattr(campaign, name) for name in ("opens_on", "due_on", "locks_on", "bilan_due_on")}
    url = reverse("campaign_update", args=[campaign.semester])
    return Sending(cast.cget, url, {**dates, "relance-1-on": "2019-07-20"}, CampaignReminder.objects.count)


def new_example(cast: Cast) -> Sending:
    submission = SubmissionFactory(convention=ConventionFactory(company=cast.company), answers={"REC-01": 10})
    data = {"version": "0", "new-axis": "recruter", "new-title": "Forum", "new-text": "Trente jeunes reçus."}
    url = reverse("submission_step", args=[submission.pk, "exemples"])
    return Sending(cast.member, url, data, ActionExample.objects.count)


def new_bilan(cast: Cast) -> Sending:
    CampaignFactory()
    url = reverse("bilan_start", args=["62", S1_2019])
    return Sending(cast.referent, url, {}, lambda: Bilan.objects.count() * BilanLog.objects.count())


def rectification(cast: Cast) -> Sending:
    transmit(BilanFactory(), at=AT, by=cast.referent, render=plain, sending_note="Relancées.")
    url = reverse("bilan_rectify", args=["62", S1_2019])
    return Sending(cast.referent, url, {}, Bilan.objects.filter(version=2).count)


def new_acknowledgement(cast: Cast) -> Sending:
    transmit(BilanFactory(), at=AT, by=cast.referent, render=plain, sending_note="Relancées.")
    url = reverse("bilan_acknowledge", args=["62", S1_2019])
    return Sending(cast.cget, url, {}, BilanLog.objects.filter(transition="accuser").count)


def new_question(cast: Cast) -> Sending:
    transmit(BilanFactory(), at=AT, by=cast.referent, render=plain, sending_note="Relancées.")
    url = reverse("bilan_ask", args=["62", S1_2019])
    return Sending(cast.cget, url, {"comment": "Pourquoi ?"}, BilanLog.objects.filter(transition="interroger").count)


def new_answer(cast: Cast) -> Sending:
    bilan = BilanFactory()
    transmit(bilan, at=AT, by=cast.referent, render=plain, sending_note="Relancées.")
    ask_back(bilan, comment="Pourquoi ?", at=AT, by=cast.cget)
    url = reverse("bilan_answer", args=["62", S1_2019])
    return Sending(cast.referent, url, {"comment": "Voici."}, BilanLog.objects.filter(transition="repondre").count)


def new_arbitration(cast: Cast) -> Sending:
    BilanFactory()
    for company in (cast.company, cast.rival_company):
        link = GroupLinkFactory(company=company)
        SubmissionFactory(convention=ConventionFactory(company=company), validated=True, answers={"REC-02": 5})
    data = {"ruling": "maximum", "company": "", "reason": "Le siège comprend l’atelier."}
    return Sending(
        cast.referent,
        reverse("bilan_overlap", args=["62", S1_2019, link.group_id]),
        data,
        Arbitration.objects.count,
    )


def new_partner(cast: Cast) -> Sending:
    BilanFactory()
    data = rows_of("partners", name="Club du Terril", kind="club")
    return Sending(cast.referent, reverse("bilan_partners", args=["62", S1_2019]), data, Partner.objects.count)


def new_own_example(cast: Cast) -> Sending:
    BilanFactory()
    url = reverse("bilan_examples", args=["62", S1_2019])
    data = rows_of("examples", axis="former", title="Forum", text="Trente jeunes reçus.")
    return Sending(cast.referent, url, data, PrefectureExample.objects.count)


def imported_company(cast: Cast) -> Sending:
    siret = invented_siret(4244)
    table = f"SIRET;Nom;Catégorie\n{siret};Verrerie;PME\n"
    return _previewed(cast, "company_import", table, Company.objects.filter(siret=siret).count)


def imported_convention(cast: Cast) -> Sending:
    table = (
        f"Référence;SIRET;Date d’effet;Axes;Motif du choix des axes\n;{cast.company.siret};01/09/2019;former;Petite.\n"
    )
    return _previewed(cast, "convention_import", table, Convention.objects.count)


def _previewed(cast: Cast, page: str, table: str, rows: Callable[[], int]) -> Sending:
    """A file that was looked at: the confirmation is what creates."""
    data = {"import_file": SimpleUploadedFile("table.csv", table.encode())}
    preview = signed_in(cast.referent).post(reverse(page), data)
    fields = {name: values[0] for name, values in hidden_fields(preview).items()}
    return Sending(cast.referent, reverse(f"{page}_confirm"), fields, rows)


CREATING: Mapping[str, Callable[[Cast], Sending]] = {
    "company_create": new_company,
    "company_members": new_member,
    "invitation_create": new_invitation,
    "company_contacts": new_contact,
    "company_establishments": new_establishment,
    "company_group": new_group,
    "company_rename": new_name,
    "company_succession": new_end,
    "charter_create": new_charter,
    "company_charters": new_charter_of,
    "convention_create": new_convention,
    "convention_commitments": new_commitment,
    "convention_elsewhere": new_flag,
    "convention_renew": renewal,
    "campaign_create": new_campaign,
    "campaign_update": new_reminder,
    "submission_step": new_example,
    "bilan_start": new_bilan,
    "bilan_rectify": rectification,
    "publication_create": new_publication,
    "bilan_acknowledge": new_acknowledgement,
    "bilan_ask": new_question,
    "bilan_answer": new_answer,
    "bilan_overlap": new_arbitration,
    "bilan_partners": new_partner,
    "bilan_examples": new_own_example,
    "reminder_send": late_bilan,
    "message_create": new_message,
    "edition_create": new_edition,
    "draft_create": new_draft,
    "draft_indicator_create": new_indicator,
    "draft_publish": new_version,
    "company_import_confirm": imported_company,
    "convention_import_confirm": imported_convention,
}
"""By the name of the address."""

AS_MANY_AS_SENT = frozenset({"company_contacts", "convention_commitments", "bilan_overlap", "message_create"})
"""Where two sendings of the same content are two things that people may want: only the key tells a double click."""


def pages_of(sending: Sending, name: str) -> str:
    """The page that holds the form of this address: itself, unless it has no page of its own."""
    elsewhere: dict[str, Any] = {  # Any: an address with its arguments
        "convention_renew": sending.url.removesuffix("renouveler/"),
        "bilan_start": "/bilans/",
        "reminder_send": "/tableau-de-bord/",
        "bilan_rectify": sending.url.removesuffix("rectifier/"),
        "publication_create": sending.url.removesuffix("publier/"),
        "bilan_acknowledge": sending.url.removesuffix("accuser/"),
        "bilan_ask": sending.url.removesuffix("interroger/"),
        "bilan_answer": sending.url.removesuffix("repondre/"),
    }
    return str(elsewhere.get(name, sending.url))
