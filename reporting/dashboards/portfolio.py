"""The home of an animateur délégué: its companies and what remains to be done with each."""

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from accounts.models import User
from companies.models import Company
from conventions.models import Campaign, Submission
from french.numbers import counted
from french.order import order_key
from french.words import long_date
from reporting.dashboards.company import FormCard, form_cards
from reporting.dashboards.words import Task, Urgency, in_order


@dataclass(frozen=True)
class PortfolioHome:
    """Everything on the page; `waiting` are companies without anything to report."""

    tasks: tuple[Task, ...]
    cards: tuple[FormCard, ...]
    silent: tuple[Submission, ...]
    """Never transmitted, and closed: only the préfecture opens them again."""
    referents: tuple[User, ...]
    """Who does."""
    waiting: tuple[Company, ...]


def portfolio_home(user: User, on: date) -> PortfolioHome:
    """The companies entrusted, those with most to do first; a constant number of queries."""
    campaign = Campaign.objects.opened_by(on).order_by("-semester").first()
    cards, silent = form_cards(user, [campaign] if campaign else [], on)
    ordered = sorted(cards, key=lambda card: (not card.is_open, card.due_on, order_key(card.company)))
    concerned = {card.submission.company_id for card in cards}
    waiting = Company.objects.visible_to(user).exclude(pk__in=concerned)
    return PortfolioHome(
        tasks=_tasks(cards, on),
        cards=tuple(replace(card, action=card.action.replace(" ma ", " la ")) for card in ordered),
        silent=silent,
        referents=tuple(user.referents) if silent else (),
        waiting=tuple(waiting),
    )


def _tasks(cards: tuple[FormCard, ...], on: date) -> tuple[Task, ...]:
    """What can be done today: each line opens the submissions that it counts, and each of those opens."""
    page = reverse("submission_list")
    returned = [card for card in cards if card.submission.is_returned]
    entered = [card for card in cards if card.submission.is_draft and card.is_open]
    lines = []
    if returned:
        sentence = counted(len(returned), "remontée à corriger", "remontées à corriger")
        lines.append(Task(sentence, f"{page}?etat=a-corriger", Urgency.WAITING))
    if entered:
        sentence = counted(len(entered), "remontée à compléter", "remontées à compléter")
        due = min(card.due_on for card in entered)
        late, when = (Urgency.LATE, "attendue depuis le") if due < on else (Urgency.AHEAD, "à transmettre avant le")
        first = "la première " if len(entered) > 1 else ""
        lines.append(Task(sentence, f"{page}?etat=a-saisir", late, due, f"{first}{when} {long_date(due)}"))
    return in_order(lines)
