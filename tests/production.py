"""The variables of a portal in production, as whoever installs it types them; nothing here reaches anybody."""

PRODUCTION = {
    "PAQTE_ENVIRONMENT": "production",
    "DJANGO_SECRET_KEY": "k7Gd-2mQz_9vLxR4tYw8NbC1sHf6JpE3aUoXiZ5rVqT0DyMlBn",
    "ALLOWED_HOSTS": "paqte.terril.test",
    "PAQTE_BASE_URL": "https://paqte.terril.test",
    "DATABASE_URL": "postgres://paqte@localhost/paqte",
    "DEFAULT_FROM_EMAIL": "Portail PAQTE <ne-pas-repondre@terril.test>",
    "CGET_BILAN_ADDRESS": "paqte@cget.test",
    "CONTACT_ADDRESS": "contact@terril.test",
    "DPO_ADDRESS": "donnees@terril.test",
    "PUBLISHER": "Préfecture du Terril, 1 place des Mineurs, 62000 Arras",
    "PUBLICATION_DIRECTOR": "Camille Terril, préfète",
    "HOSTING": "Hébergeur du Terril, 2 rue des Machines, 62000 Arras, 03 21 00 00 00",
}
