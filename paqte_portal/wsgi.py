"""The door of the web server: production unless PAQTE_ENVIRONMENT says otherwise, as manage.py."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paqte_portal.settings")

application = get_wsgi_application()
