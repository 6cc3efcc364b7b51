"""What a folder of tests says once for all its modules, in its conftest.py."""

from collections.abc import Collection

import pytest


def mark_modules(collector: pytest.Collector, *marks: pytest.MarkDecorator, but: Collection[str] = ()) -> None:
    """Put these marks on a module, unless it is one of those that ask for nothing, or for something else."""
    if isinstance(collector, pytest.Module) and collector.path.name not in but:
        for mark in marks:
            collector.add_marker(mark)
