"""How gunicorn serves the portal; it reads this file by itself when it starts in this folder."""

import os

from gunicorn import util

from paqte_portal.server_pages import write_error

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4

# What gunicorn cannot read never reaches Django: without this, those answers would be in English. No hook exists.
util.write_error = write_error
