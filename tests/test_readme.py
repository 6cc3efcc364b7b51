"""The README draws the workflows from their tables."""

from pathlib import Path

import pytest
from django.conf import settings

from conventions.transitions import CONVENTION, SUBMISSION
from indicators.transitions import CATALOGUE
from reporting.transitions import BILAN, EXCHANGE
from workflows.tables import Workflow, to_mermaid

README = (Path(settings.BASE_DIR) / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "workflow", [CONVENTION, SUBMISSION, BILAN, EXCHANGE, CATALOGUE], ids=lambda workflow: workflow.name
)
def test_the_readme_draws_this_workflow(workflow: Workflow) -> None:
    assert f"```mermaid\n{to_mermaid(workflow)}```" in README
