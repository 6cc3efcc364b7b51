"""The security of the workflow of submissions, typed by hand: who may do what, in which state."""

from datetime import UTC, datetime

import pytest

from conventions.actions import submissions as actions
from conventions.models import Submission
from conventions.transitions import SUBMISSION
from tests.cast import Cast
from tests.conventions.entry_helpers import result, submission_of
from workflows.tables import TransitionRefused, WrongRole, WrongState

AT = datetime(2019, 7, 22, 9, tzinfo=UTC)
STATES = ("draft", "transmitted", "returned", "validated")
ACTORS = ("member", "contributor", "animateur", "rival", "referent", "lecteur", "cget", "no_role", "technician")

ALLOWED = {
    ("draft", "transmettre", "member"): "transmitted",
    ("draft", "transmettre", "animateur"): "transmitted",
    ("returned", "transmettre", "member"): "transmitted",
    ("returned", "transmettre", "animateur"): "transmitted",
    ("transmitted", "valider", "referent"): "validated",
    ("transmitted", "renvoyer", "referent"): "returned",
    ("validated", "rouvrir", "referent"): "returned",
}
"""(state, action, actor) → the state it leads to. Everything else is refused."""

ROLES = {"transmettre": ("member", "animateur"), "valider": ("referent",), "renvoyer": ("referent",)}
ROLES["rouvrir"] = ("referent",)


def act(submission: Submission, action: str, cast: Cast, actor: str) -> Submission:
    """Try the action."""
    by = getattr(cast, actor)
    if action == "transmettre":
        return actions.transmit(submission, at=AT, by=by)
    if action == "valider":
        return actions.validate(submission, at=AT, by=by)
    asked = {result(submission, "REC-01").pk: "Vérifiez."}
    move = actions.send_back if action == "renvoyer" else actions.reopen
    return move(submission, corrections=asked, comment="Un chiffre surprend.", at=AT, by=by)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", ["transmettre", "valider", "renvoyer", "rouvrir"])
@pytest.mark.parametrize("actor", ACTORS)
def test_every_triple(cast: Cast, state: str, action: str, actor: str) -> None:
    submission = submission_of(cast, answers={"REC-01": 3}, **({} if state == "draft" else {state: True}))
    target = ALLOWED.get((state, action, actor))

    if target is None:
        expected = WrongState if actor in ROLES[action] else WrongRole
        with pytest.raises(expected):
            act(submission, action, cast, actor)
        target, written = state, 0
    else:
        act(submission, action, cast, actor)
        written = 1

    submission.refresh_from_db()
    assert submission.state == target
    assert submission.logs.count() == written


def test_the_table_has_no_other_action_nor_state() -> None:
    assert sorted(item.name for item in SUBMISSION.transitions) == ["renvoyer", "rouvrir", "transmettre", "valider"]
    assert tuple(SUBMISSION.states) == STATES
    assert SUBMISSION.commented == ("renvoyer", "rouvrir", "prolonger")


def test_sending_back_without_a_word_is_refused(cast: Cast) -> None:
    submission = submission_of(cast, answers={"REC-01": 3}, transmitted=True)
    asked = {result(submission, "REC-01").pk: "Vérifiez."}

    with pytest.raises(TransitionRefused, match="commentaire"):
        actions.send_back(submission, corrections=asked, comment=" ", at=AT, by=cast.referent)

    submission.refresh_from_db()
    assert submission.state == "transmitted"
