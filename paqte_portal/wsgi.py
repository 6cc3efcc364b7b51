"""The door of the web server; unlike manage.py it starts with the settings of production unless told otherwise."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paqte_portal.settings")

application = get_wsgi_application()
