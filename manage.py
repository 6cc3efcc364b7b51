#!/usr/bin/env python
"""Django's command line for the portal; on a developer's machine it works on the demonstration."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one management command."""
    # The settings are those of production unless told otherwise, so that nothing is ever served unsafely by omission.
    # This file is what a person types: it defaults to the demonstration. A server in production sets the variable.
    os.environ.setdefault("PAQTE_ENVIRONMENT", "demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paqte_portal.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
