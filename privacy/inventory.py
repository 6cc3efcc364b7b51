"""Every field that the portal stores, by what it says about people; a test refuses a field that is not here.

Free texts are « none »: the pages ask for no name in them, and `anonymise_person` lists those that hold one anyway.
"""

from dataclasses import dataclass
from enum import Enum, auto


class Fate(Enum):
    """What becomes of the rows of somebody whose data is erased."""

    KEPT = auto()
    DELETED = auto()
    BLANKED = auto()
    """The row stays, its fields about people are emptied."""


@dataclass(frozen=True)
class Held:
    """One table. Names of fields are separated by spaces; each field stands in exactly one of the four lists."""

    none: str = ""
    """Nothing about a person."""
    identity: str = ""
    """Who somebody is: a name, a job, a link to an account."""
    contact: str = ""
    """How to reach somebody: an address, a telephone."""
    technical: str = ""
    """What a machine noted: a key, a network address, a date of sign-in."""
    of_account: str = ""
    """The fields that link a row to the account whose row it is."""
    by_account: str = ""
    """Those that say who did something: the row belongs to the programme and stays, pointing to nobody's account."""
    of_address: str = ""
    """The field that holds the address of the person, who may have no account."""
    fate: Fate = Fate.KEPT
    archive: bool = False
    """Sent for good: public archives, which nothing rewrites."""


JOURNAL = "at transition from_state to_state comment facts"

INVENTORY: dict[str, Held] = {
    "territories.Region": Held(none="code name"),
    "territories.Department": Held(none="code name name_kind region prefecture time_zone"),
    "territories.Qpv": Held(none="id code geography name department epci_siren epci_name pru"),
    "territories.QpvCommune": Held(none="id qpv insee_code name"),
    "territories.DepartmentFigures": Held(
        none="id department semester qpv_count qpv_source pru_count pru_source population population_year "
        "population_source defm defm_date defm_category defm_source defm_reason confirmed"
    ),
    # What was sent, an archive; and previews of drafts, which go within days (`privacy.retention`).
    "documents.StoredFile": Held(none="id key sha256 media_type made_at", identity="content", archive=True),
    "accounts.User": Held(
        none="role department",
        identity="first_name last_name job_title name_key",
        contact="email phone new_email",
        technical="id public_id password last_login created_at new_email_at proconnect_sub is_superuser is_active "
        "is_staff",
        of_address="email",
    ),
    "accounts.AccountAct": Held(
        none="id at kind reason", identity="by account successor", by_account="by account successor"
    ),
    "accounts.Trace": Held(none="id at department kind what rows", identity="by", technical="network", by_account="by"),
    "accounts.OutgoingMail": Held(
        contact="to subject body",
        technical="id purpose created_at delivery next_try_at sent_at attempts last_error holds_secret",
        of_address="to",
        fate=Fate.DELETED,
    ),
    "accounts.Session": Held(
        identity="user",
        technical="session_key session_data expire_date started_at last_seen browser network",
        of_account="user",
        fate=Fate.DELETED,
    ),
    "accounts.UsedKey": Held(
        identity="user", technical="id key fingerprint answer at", of_account="user", fate=Fate.DELETED
    ),
    "accounts.SavedView": Held(
        none="page name query name_key", identity="user", technical="id", of_account="user", fate=Fate.DELETED
    ),
    "accounts.ChosenColumns": Held(
        none="page names", identity="user", technical="id", of_account="user", fate=Fate.DELETED
    ),
    "accounts.Bucket": Held(technical="id purpose digest full_at"),
    "companies.LegalUnit": Held(none="siren name search_key"),
    "companies.Company": Held(
        none="id siret siret_override department legal_unit name category sector naf headcount address postcode town "
        "name_key town_key search_key"
    ),
    "companies.Establishment": Held(none="id company siret label"),
    "companies.FormerName": Held(none="id company name until recorded_at name_key"),
    "companies.Succession": Held(none="id company kind last_day successor recorded_at"),
    "companies.GroupLink": Held(none="id company group since until"),
    "companies.Charter": Held(none="id company reference signed_on"),
    "companies.CompanyLog": Held(none="id company at transition facts", identity="by about", by_account="by about"),
    "companies.Contact": Held(
        none="company",
        identity="name job_title name_key",
        contact="email phone",
        technical="id",
        of_address="email",
        fate=Fate.DELETED,
    ),
    "companies.Membership": Held(
        none="company role", identity="user", technical="id", of_account="user", fate=Fate.DELETED
    ),
    "companies.Invitation": Held(
        none="role department company company_role",
        identity="invited_by accepted_by revoked_by",
        contact="email",
        technical="id mail token_digest invited_at expires_at accepted_at revoked_at",
        of_account="accepted_by",
        by_account="invited_by revoked_by",
        of_address="email",
        fate=Fate.DELETED,
    ),
    "companies.Portfolio": Held(none="company", identity="user", technical="id", of_account="user", fate=Fate.DELETED),
    "indicators.CatalogueDraft": Held(none="id content state version"),
    "indicators.CatalogueDraftLog": Held(none=f"id cataloguedraft {JOURNAL}", identity="by", by_account="by"),
    "indicators.CatalogueVersion": Held(none="code title published_on fingerprint"),
    "indicators.Indicator": Held(
        none="id version code axis position label definition counts excludes kind unit core origin source plausibility "
        "valid_from valid_until"
    ),
    "conventions.Campaign": Held(none="id semester opens_on due_on locks_on bilan_due_on"),
    "conventions.CampaignLog": Held(none="id campaign at transition facts", identity="by", by_account="by"),
    "conventions.CampaignReminder": Held(none="id campaign on"),
    "conventions.Convention": Held(
        none="id reference company catalogue state starts_on ends_on axes_reason signed_on signed_at terminated_on "
        "charter renews created_at"
    ),
    "conventions.ElsewhereFlag": Held(none="id convention where since until"),
    "conventions.ConventionLog": Held(none=f"id convention {JOURNAL}", identity="by", by_account="by"),
    "conventions.ConventionAxis": Held(none="id convention axis"),
    "conventions.TargetSet": Held(none="id convention number effective_on reason"),
    "conventions.Target": Held(none="id target_set indicator year value"),
    "conventions.SpecificCommitment": Held(none="id convention label unit target"),
    "conventions.Submission": Held(
        none="id company semester convention campaign state version transmitted_at first_transmitted_on returned_at "
        "validated_at counted_at extended_until extension_reason message"
    ),
    "conventions.SubmissionLog": Held(none=f"id submission {JOURNAL}", identity="by", by_account="by"),
    "conventions.Result": Held(
        none="id submission company department semester indicator commitment status value reason comment confirmed "
        "counted_status counted_value"
    ),
    "conventions.SubmissionVersion": Held(none="id submission number at answers", identity="by", by_account="by"),
    "conventions.Correction": Held(none="id submission result version comment"),
    "conventions.ActionExample": Held(
        none="id submission axis title text withdrawn counted_axis counted_title counted_text in_bilan publishable"
    ),
    "reporting.Bilan": Held(
        none="id department semester version state organisation strategy obstacles essentials rectification_reason "
        "sending_note carried transmitted_at",
        identity="referent_name referent_job_title",
        contact="referent_email referent_phone",
        of_address="referent_email",
        fate=Fate.BLANKED,
    ),
    "reporting.BilanDocument": Held(
        none="id bilan sha256 signatories expected received validated silent pending", identity="snapshot", archive=True
    ),
    "reporting.SentLine": Held(
        none="id document department semester code words runs depth apart value respondents not_applicable silent "
        "pending asked previous constant constant_companies arrivals departures last_known carried "
        "carried_companies cumulative cumulative_companies expected expected_answered expected_companies "
        "tracked holes objective objective_conventions progress_numerator progress_denominator numerator "
        "denominator",
        archive=True,
    ),
    # Figures of firms: told in full on the pages of each company, hidden in what becomes public.
    "reporting.SentExample": Held(
        none="id document department semester rank axis company title text consent search_key", archive=True
    ),
    "reporting.SentText": Held(none="id document department semester box rank title text search_key", archive=True),
    "reporting.SentAnswers": Held(none="id document given sha256", archive=True),
    "reporting.BilanFile": Held(none="id document kind file", archive=True),
    "reporting.Sending": Held(
        none="id bilan asked_at sending_note fingerprint attempts finished_at refusals", identity="by", by_account="by"
    ),
    "reporting.BilanLog": Held(none=f"id bilan {JOURNAL}", identity="by", by_account="by"),
    "reporting.Arbitration": Held(
        none="id department semester group number ruling company reason at", identity="by", by_account="by"
    ),
    "reporting.PrefectureExample": Held(none="id department semester axis title text publishable"),
    "reporting.Partner": Held(none="id department name kind part name_key"),
    "national.Edition": Held(
        none="id semester query name reason fingerprint asked_at attempts finished_at refusals number sha256",
        identity="by",
        by_account="by",
    ),
    "national.EditionFile": Held(none="id edition kind file", archive=True),
    "national.Message": Held(none="id at transition on department subject body", identity="by", by_account="by"),
    "national.Publication": Held(none="id semester at content sha256", identity="by", by_account="by"),
    "national.Recipient": Held(
        none="id message department", identity="account", technical="mail", by_account="account"
    ),
    "reporting.SeededAccount": Held(identity="user", of_account="user"),
    "privacy.InactivityNotice": Held(identity="user", technical="sent_at", of_account="user", fate=Fate.DELETED),
    # Tables of libraries that hold people too; their fields are their own affair.
    "admin.LogEntry": Held(by_account="user"),
    "accounts.User_groups": Held(of_account="user", fate=Fate.DELETED),
    "accounts.User_user_permissions": Held(of_account="user", fate=Fate.DELETED),
    # The secret of a telephone; the recovery codes hang from their device and go with it.
    "otp_totp.TOTPDevice": Held(of_account="user", fate=Fate.DELETED),
    "otp_static.StaticDevice": Held(of_account="user", fate=Fate.DELETED),
    "axes.AccessAttempt": Held(of_address="username", fate=Fate.DELETED),
    "axes.AccessFailureLog": Held(of_address="username", fate=Fate.DELETED),
    "axes.AccessLog": Held(of_address="username", fate=Fate.DELETED),
}

REWRITTEN = {"accounts.OutgoingMail": ("subject", "body"), "admin.LogEntry": ("object_repr", "change_message")}
"""Texts that the portal wrote and that may name somebody whose row it is not: the words are taken out of them."""

SECRET = {"password", "session_key", "session_data", "key", "name_key", "token_digest"}
"""Fields that an export leaves out: they open something, or repeat another field."""
