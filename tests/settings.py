"""The portal's settings as the tests want them: no variable to set, everything written under one temporary folder."""

import os
import tempfile
from pathlib import Path

os.environ["PAQTE_ENVIRONMENT"] = "test"
os.environ.pop("PAQTE_TODAY", None)
os.environ.setdefault("PAQTE_DATA_DIR", str(Path(tempfile.gettempdir()) / f"paqte-tests-{os.getpid()}"))

from paqte_portal.settings import *  # noqa: F403
