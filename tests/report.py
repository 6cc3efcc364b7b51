"""Says in one line how many tests ran on a database, from the report that pytest wrote."""

import sys
from pathlib import Path

from defusedxml.ElementTree import parse


def summary(name: str, report: Path) -> str:
    """For instance « SQLite : 512 tests réussis, 2 passés » ; nothing passed when the report is missing."""
    if not report.exists():
        return f"{name} : aucun test n’a tourné"
    root = parse(report).getroot()
    suites = [] if root is None else list(root.iter("testsuite"))
    total, failed, errors, skipped = (
        sum(int(suite.get(key, 0)) for suite in suites) for key in ("tests", "failures", "errors", "skipped")
    )
    parts = [f"{total - failed - errors - skipped} tests réussis"]
    parts += [f"{failed + errors} en échec"] * bool(failed + errors)
    parts += [f"{skipped} non joués"] * bool(skipped)
    return f"{name} : {', '.join(parts)}"


if __name__ == "__main__":
    print(summary(sys.argv[1], Path(sys.argv[2])))  # noqa: T201  # the last lines of ./dev test
