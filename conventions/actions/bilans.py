"""What a bilan counted does not change while it leaves: who changes a signed convention and its sending take turns."""

from companies.models import Company


def hold_bilans(company: Company) -> None:
    """Lock the bilans in preparation of the département of a company until the transaction of the caller ends.

    One that is leaving is waited for, and found transmitted then; none leaves before the change is written. Their room
    stands above this one, which cannot import the name of the state.
    """
    drafts = company.department.bilans.filter(state="draft").order_by("pk")
    list(drafts.select_for_update(of=("self",), no_key=True))
