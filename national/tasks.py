"""What is done in the background for the agency: files of a consolidated bilan. Asked again, each does nothing more."""

from django_tasks import task

from documents import filing
from national import files
from national.selection import Selection, chosen
from national.selectors.total import consolidated
from reporting.tasks import Making, ask_for
from territories.semester import Semester


@task()
def make_file(semester: str, region: str, departments: list[str], kind: str, key: str) -> None:
    """Make a file of what is sent now. `key` is that of the value which was asked for, to find the task by."""
    if not filing.stored(key):
        files.make(consolidated(Semester.parse(semester), chosen(region, departments)), kind)


def ask_for_file(semester: Semester, selection: Selection, kind: str, key: str, *, again: bool = False) -> Making:
    """Have a file of the country, of a région or of a choice of départements made."""
    return ask_for(
        make_file,
        key,
        again=again,
        semester=str(semester),
        region=selection.region,
        departments=[*selection.departments],
        kind=kind,
    )
