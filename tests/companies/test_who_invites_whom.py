"""Who may invite whom, and where: typed by hand, tried on the action itself, for every seat and every place."""

import pytest

from companies.actions.invitations import MayNotInvite, Offer, invite
from companies.models import Invitation
from companies.seats import ADMINISTRATOR, AGENT, ANIMATEUR, CONTRIBUTOR, LECTEUR, REFERENT, Seat
from tests.cast import Cast
from tests.companies.invitation_helpers import AT, to_company, to_department

PLACES = ("agency", "62", "59", "company", "rival_company", "other_company")
SEATS = {
    "agency": (AGENT,),
    "62": (REFERENT, LECTEUR, ANIMATEUR),
    "59": (REFERENT, LECTEUR, ANIMATEUR),
    "company": (ADMINISTRATOR, CONTRIBUTOR),
    "rival_company": (ADMINISTRATOR, CONTRIBUTOR),
    "other_company": (ADMINISTRATOR, CONTRIBUTOR),
}
ALLOWED: dict[str, dict[str, tuple[Seat, ...]]] = {
    "cget": {"agency": (AGENT,), "62": (REFERENT,), "59": (REFERENT,)},
    "referent": {
        "62": (REFERENT, LECTEUR, ANIMATEUR),
        "company": (ADMINISTRATOR, CONTRIBUTOR),
        "rival_company": (ADMINISTRATOR, CONTRIBUTOR),
    },
    "staff_referent": {
        "62": (REFERENT, LECTEUR, ANIMATEUR),
        "company": (ADMINISTRATOR, CONTRIBUTOR),
        "rival_company": (ADMINISTRATOR, CONTRIBUTOR),
    },
    "other_referent": {"59": (REFERENT, LECTEUR, ANIMATEUR), "other_company": (ADMINISTRATOR, CONTRIBUTOR)},
    "member": {"company": (ADMINISTRATOR, CONTRIBUTOR)},
    "rival": {"rival_company": (ADMINISTRATOR, CONTRIBUTOR)},
    "other_member": {"other_company": (ADMINISTRATOR, CONTRIBUTOR)},
    "contributor": {},
    "animateur": {},
    "lecteur": {},
    "no_role": {},
    "deactivated": {},
    "technician": {},
}


def offer(cast: Cast, place: str, seat: Seat) -> Offer:
    """This seat at this place; an animateur is entrusted with a company of the département."""
    if place == "agency":
        return Offer("nouveau@example.org", seat)
    if place in {"62", "59"}:
        entrusted = {"62": cast.company, "59": cast.other_company}[place]
        return to_department(place, seat, "nouveau@example.org", *([entrusted] if seat == ANIMATEUR else []))
    return to_company(getattr(cast, place), seat=seat)


def given(cast: Cast, who: str, place: str, seat: Seat) -> bool:
    """Whether the action lets this person give this seat there."""
    try:
        invite(offer(cast, place, seat), at=AT, by=getattr(cast, who))
    except MayNotInvite:
        return False
    return True


@pytest.mark.parametrize("who", ALLOWED)
def test_who_invites_whom(cast: Cast, who: str) -> None:
    found = {place: tuple(seat for seat in SEATS[place] if given(cast, who, place, seat)) for place in PLACES}

    assert {place: seats for place, seats in found.items() if seats} == ALLOWED[who]


@pytest.mark.parametrize(
    ("place", "seat"),
    [
        ("62", AGENT),
        ("62", ADMINISTRATOR),
        ("company", REFERENT),
        ("company", LECTEUR),
        ("company", ANIMATEUR),
        ("company", AGENT),
        ("agency", REFERENT),
        ("agency", CONTRIBUTOR),
    ],
)
def test_a_seat_out_of_its_place_is_no_offer(cast: Cast, place: str, seat: Seat) -> None:
    """A référent of nowhere, a lecteur in a company: the table alone would let some of them pass."""
    with pytest.raises(ValueError, match="is not offered there"):
        offer(cast, place, seat)


def test_an_animateur_is_entrusted_with_companies_of_its_departement_only(cast: Cast) -> None:
    for stranger in ("62", "59"):
        with pytest.raises(MayNotInvite):
            invite(to_department(stranger, ANIMATEUR, "a@example.org", cast.other_company), at=AT, by=cast.referent)
    assert not Invitation.objects.exists()


def test_the_departement_of_a_company_is_its_own(cast: Cast) -> None:
    elsewhere = Offer("a@example.org", CONTRIBUTOR, cast.other_company.department, cast.company)

    with pytest.raises(MayNotInvite):
        invite(elsewhere, at=AT, by=cast.referent)


def test_only_an_animateur_is_entrusted_with_companies(cast: Cast) -> None:
    with pytest.raises(ValueError, match="is not offered there"):
        to_department("62", LECTEUR, "a@example.org", cast.company)
