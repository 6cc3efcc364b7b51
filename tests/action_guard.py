"""Guards of what writes: actions say who acts, stand or fall whole; states move by the kernel, mails by the outbox."""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.db.models.sql.compiler import SQLCompiler

from tests.architecture import OUR_APPS, PACKAGES, ROOT

NOT_ACTIONS = {
    "accounts.actions.second_factor.check": "the sign-in page asks; a wrong code must stay counted",
    "companies.actions.invitations.lock_place": "a lock, taken inside the actions",
    "companies.actions.invitations.refuse_out_of_reach": "a question: it writes nothing",
    "conventions.actions.bilans.hold_bilans": "a lock, taken inside the actions",
    "conventions.actions.entry.reopened_in": "a question: it writes nothing",
    "conventions.actions.entry.strays": "a question: it writes nothing",
    "reporting.actions.writing.refuse_others": "a question, asked inside the actions",
    "conventions.actions.submissions.answers_of": "a question: it writes nothing",
    "conventions.actions.successions.ended_by": "a question: it writes nothing",
    "conventions.actions.successions.obstacles_to_restore": "a question: it writes nothing",
}
"""What stands among the actions and is none."""

BY_NOBODY = {
    "accounts.actions.profile.take_address": "the link proves who it is",
    "accounts.actions.profile.ask_for_sign_in_link": "nobody is signed in yet",
    "accounts.actions.second_factor.forget": "a command, for whoever lost a telephone",
    "companies.actions.acceptance.accept_as_newcomer": "the person has no account yet",
    "companies.actions.invitations.invite_agent": "a command, before anybody has an account",
    "companies.actions.members.add_member": "a part of acceptance, which knows whose invitation it is",
    "companies.actions.members.entrust": "a part of acceptance, which knows whose invitation it is",
    "conventions.actions.opening.open_submissions": "a part of planning and of signing, which know who acts",
    "conventions.actions.opening.open_submissions_of": "a part of signing, which knows who acts",
    "conventions.actions.opening.ask_what_is_new": "a part of an avenant, which knows who acts",
    "indicators.actions.catalogues.sync_catalogues": "a command of the installer",
    "indicators.actions.catalogues.written": "a part of syncing and of publishing, which know who acts",
    "privacy.actions.anonymise": "a command, at the request of the person or when the time is over",
}
"""Actions without `by`, each with its reason."""

PIECEMEAL = {
    "national.actions.editions.freeze": "the files take seconds; what keeps them is atomic",
    "accounts.actions.second_factor.confirm": "a wrong code must stay counted when the rest is refused",
    "accounts.actions.second_factor.turn_off": "a wrong code must stay counted when the rest is refused",
    "national.actions.publication.publish": "what becomes public takes seconds to choose; what keeps it is atomic",
    "reporting.actions.sending.ask_to_transmit": "what would leave is read before anything is locked",
    "reporting.actions.sending.transmit": "the document takes seconds; what freezes it is atomic",
}
"""Actions that are not one transaction, each with its reason."""

QUEUES = {
    "accounts/actions/profile.py",
    "accounts/actions/team.py",
    "accounts/forms.py",
    "accounts/notices.py",
    "accounts/outbox.py",
    "companies/notifications.py",
    "national/notifications.py",
    "conventions/notifications.py",
    "privacy/retention.py",
    "reporting/notifications.py",
}
"""Who writes to people, through the outbox."""

SENDS = {"EmailMessage", "EmailMultiAlternatives", "send_mail", "send_mass_mail", "mail_admins", "mail_managers"}
SENDS |= {"email_user", "smtplib", "get_connection"}
"""What makes a mail leave at once; the outbox alone may."""


def action_files() -> list[Path]:
    """Every module of actions, the kernel's apart."""
    found = [
        file for app in OUR_APPS for file in [*(ROOT / app).glob("actions.py"), *(ROOT / app).glob("actions/*.py")]
    ]
    return sorted(file for file in found if app_of(file) != "workflows" and file.name != "__init__.py")


def programs() -> list[Path]:
    """Every module of the house, migrations apart."""
    found = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
    return sorted(file for file in found if "migrations" not in file.parts)


def app_of(file: Path) -> str:
    """The room of a module."""
    return file.relative_to(ROOT).parts[0]


def module_of(file: Path) -> str:
    """« conventions.actions.submissions »."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


def actions_in(source: str, module: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The actions of a module, with their full name: its public functions."""
    for node in ast.parse(source).body:
        name = f"{module}.{getattr(node, 'name', '')}"
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and name not in NOT_ACTIONS:
            yield name, node


def faulty_actions(source: str, module: str) -> list[str]:
    """Actions that are not atomic, do not say by whom, or take more than their row by position."""
    found = []
    for name, node in actions_in(source, module):
        atomic = any("transaction.atomic" in ast.unparse(item) for item in node.decorator_list)
        given = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
        named = [argument.arg for argument, default in given if default is None]
        positional = [*node.args.posonlyargs, *node.args.args]
        found += [f"{name}: not atomic"] if not atomic and name not in PIECEMEAL else []
        found += [f"{name}: by nobody"] if "by" not in named and name not in BY_NOBODY else []
        found += [f"{name}: {positional[1].arg} by position"] if len(positional) > 1 else []
    return found


def states_set(source: str) -> list[str]:
    """Where a state is assigned otherwise than by the kernel."""
    found = []
    for node in ast.walk(ast.parse(source)):
        written = [ast.unparse(node)] if isinstance(node, ast.Attribute | ast.Call) and _sets_a_state(node) else []
        found += [f"{node.lineno}: {text}" for text in written]  # type: ignore[attr-defined]  # an expression has a line
    return found


def _sets_a_state(node: ast.Attribute | ast.Call) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "state" and isinstance(node.ctx, ast.Store)
    if isinstance(node.func, ast.Name):
        return node.func.id == "setattr" and len(node.args) > 1 and ast.unparse(node.args[1]) == "'state'"
    return getattr(node.func, "attr", "") == "update" and any(item.arg == "state" for item in node.keywords)


def mails_in(source: str, path: str) -> list[str]:
    """Names of what sends or queues a mail where it may not."""
    allowed = {"queue_mail"} if path in QUEUES else set()
    allowed |= SENDS if path == "accounts/outbox.py" else set()
    return sorted(_names(ast.parse(source)) & (SENDS | {"queue_mail"}) - allowed)


def _names(tree: ast.AST) -> set[str]:
    """Everything that is imported, called upon or spelled; what is only defined is not."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("django.db"):
            found |= {item.name for item in node.names} | {(node.module or "").split(".")[0]}
        elif isinstance(node, ast.Import):
            found |= {item.name.split(".")[0] for item in node.names}
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) != "transaction":
            found.add(node.attr)
    return found


@contextmanager
def locks_asked() -> Iterator[list[str]]:
    """The models whose rows are read under a lock meanwhile, each once, in the order in which the locks are taken.

    One that keeps the keys too, for which whoever only refers to the row waits, is told with a star.

    SQLite has no such lock and writes none in its SQL: what is looked at is what the query asks, on either base.
    """
    asked: list[str] = []
    execute = SQLCompiler.execute_sql

    def watched(compiler: Any, *args: Any, **options: Any) -> Any:  # Any: the library's own signature
        if compiler.query.select_for_update:
            name = compiler.query.model.__name__ + ("" if compiler.query.select_for_no_key_update else "*")
            asked.extend({name}.difference(asked))
        return execute(compiler, *args, **options)

    with patch.object(SQLCompiler, "execute_sql", watched):
        yield asked
