"""These tests are about what PostgreSQL holds by itself: on another database they are not collected at all."""

from django.db import connection

collect_ignore_glob = [] if connection.vendor == "postgresql" else ["test_*.py"]
