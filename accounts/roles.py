"""The roles of the programme, with the words that people use for them."""

from django.db import models


class Role(models.TextChoices):
    """What an account is; one each. It decides which pages open and, through the scope, which rows are seen."""

    REFERENT = "referent", "référent PAQTE"
    LECTEUR = "lecteur", "lecteur"
    ANIMATEUR = "animateur", "animateur délégué"
    ENTREPRISE = "entreprise", "entreprise"
    CGET = "cget", "agent du CGET"


class CompanyRole(models.TextChoices):
    """What a member may do in a company: an administrator transmits and manages the members."""

    ADMINISTRATOR = "administrateur", "administrateur"
    CONTRIBUTOR = "contributeur", "contributeur"


DEPARTMENTAL = frozenset({Role.REFERENT, Role.LECTEUR, Role.ANIMATEUR})
"""The roles that only make sense inside one département."""

MANAGES = {
    Role.REFERENT: frozenset({Role.REFERENT, Role.LECTEUR, Role.ANIMATEUR}),
    Role.CGET: frozenset({Role.REFERENT, Role.CGET}),
}
"""Whose account each role closes and opens again, in its own place; members of companies are removed there instead."""

NEVER_EMPTY = frozenset({Role.REFERENT, Role.CGET})
"""The roles in which somebody must stay, in each département or at the agency."""

HANDED_OVER = frozenset({Role.REFERENT, Role.ANIMATEUR})
"""The roles with a portfolio to give to somebody else."""
