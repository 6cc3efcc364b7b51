"""The settings of the server that is measured: the demonstration's, the address of the floor, our sessions."""

import os

from paqte_portal.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmark.urls"
SECRET_KEY = os.environ["SIGNED_WITH"]
