"""The home of an animateur délégué: its companies and what remains to be done with each."""

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from accounts.models import User
from companies.models import Company
from conventions.models import Campaign, Submission
from french.numbers import counted
from french.order import order_key
from reporting.dashboards.company import FormCard, form_cards
from reporting.dashboards.words import Task


@dataclass(frozen=True)
class PortfolioHome:
    """Everything on the page; `waiting` are companies without anything to report."""

    campaign: Campaign | None
    tasks: tuple[Task, ...]
    cards: tuple[FormCard, ...]
    silent: tuple[Submission, ...]
    waiting: tuple[Company, ...]


def portfolio_home(user: User, on: date) -> PortfolioHome:
    """The companies entrusted, those with most to do first; a constant number of queries."""
    campaign = Campaign.objects.opened_by(on).order_by("-semester").first()
    cards, silent = form_cards(user, [campaign] if campaign else [], on)
    ordered = sorted(cards, key=lambda card: (not card.is_open, card.due_on, order_key(card.company)))
    concerned = {card.submission.company_id for card in cards}
    waiting = Company.objects.visible_to(user).exclude(pk__in=concerned)
    return PortfolioHome(
        campaign=campaign,
        tasks=_tasks(cards, silent),
        cards=tuple(replace(card, action=card.action.replace(" ma ", " la ")) for card in ordered),
        silent=silent,
        waiting=tuple(waiting),
    )


def _tasks(cards: tuple[FormCard, ...], silent: tuple[Submission, ...]) -> tuple[Task, ...]:
    page = reverse("submission_list")
    drafts = [card for card in cards if card.submission.is_draft]
    returned = [card for card in cards if card.submission.is_returned]
    lines = (
        (len(returned), "remontée à corriger", "remontées à corriger", f"{page}?etat=a-corriger"),
        (
            len(drafts),
            "remontée à compléter",
            "remontées à compléter",
            f"{page}?semestre={drafts[0].submission.semester}&etat=silencieuses" if drafts else page,
        ),
        (len(silent), "remontée jamais transmise", "remontées jamais transmises", f"{page}?etat=delai-depasse"),
    )
    return tuple(Task(counted(number, one, several), url) for number, one, several, url in lines if number)
