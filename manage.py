#!/usr/bin/env python
"""Django's command line for the portal: production unless PAQTE_ENVIRONMENT says otherwise, as the web server."""

import os
import sys
from importlib import import_module

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

NEED_NO_SETTINGS = {"help", "--help", "-h", "version", "--version", "--settings"}


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paqte_portal.settings")
    try:
        if sys.argv[1:] and NEED_NO_SETTINGS.isdisjoint(sys.argv):
            # Before Django looks at them: some of its commands go on without settings.
            import_module(os.environ["DJANGO_SETTINGS_MODULE"])
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as refusal:
        # Whoever installs the portal needs the sentence, not the way through our code.
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
