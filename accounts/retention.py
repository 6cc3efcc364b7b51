"""How long each kind of data on people stays: the page announces these periods, `apply_retention` applies them."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Period:
    """One line of the page; `code` names the rule that applies it."""

    code: str
    data: str
    words: str
    length: timedelta


NOTICE = timedelta(days=30)
"""How long before the anonymisation its notice is sent."""

PERIODS = {
    period.code: period
    for period in (
        Period(
            "accounts",
            "Compte resté sans connexion",
            "Deux ans, puis anonymisé\u00a0; un compte actif reçoit un avis un mois avant, et se connecter l’annule",
            timedelta(days=730),
        ),
        Period(
            "contacts",
            "Interlocuteurs d’une entreprise",
            "Deux ans après la fin de sa dernière convention, puis effacés",
            timedelta(days=730),
        ),
        Period(
            "invitations",
            "Invitations acceptées\u00a0: l’adresse, qui a invité, qui a accepté",
            "Six mois après leur échéance, puis effacées",
            timedelta(days=183),
        ),
        Period(
            "unanswered",
            "Invitations restées sans réponse",
            "Trente jours après la fin de leur validité, puis effacées",
            timedelta(days=30),
        ),
        Period("mails", "Courriels envoyés par le portail", "Six mois, puis effacés", timedelta(days=183)),
        Period("failures", "Connexions refusées", "Douze mois, puis effacées", timedelta(days=365)),
        Period(
            "traces",
            "Traces d’accès\u00a0: connexions, refus, fichiers téléchargés et importés, avec le réseau sans sa fin",
            "Douze mois, puis effacées",
            timedelta(days=365),
        ),
        Period(
            "sessions",
            "Sessions, compteurs d’essais, formulaires déjà reçus",
            "Effacés dès qu’ils ne servent plus",
            timedelta(0),
        ),
        Period(
            "previews_of_bilans",
            "Fichiers d’un bilan en préparation",
            "Huit jours, puis effacés, et refaits si on les redemande",
            timedelta(days=8),
        ),
        Period("previews", "Fichier déposé et jamais confirmé", "Un jour, puis effacé", timedelta(hours=24)),
    )
}
KEPT = (
    (
        "Journal des entreprises, conventions, remontées, bilans et comptes, messages de l’agence aux référents",
        "Conservé avec le dossier\u00a0; son auteur y devient anonyme avec son compte",
    ),
    ("Bilans transmis, avec le nom du référent qui les a signés", "Conservés\u00a0: ce sont des archives publiques"),
    ("Sauvegardes", "Le portail n’en fait pas\u00a0: le délégué à la protection des données dit celles de l’hébergeur"),
)
"""What no rule erases, and why; said as plainly as the rest."""
