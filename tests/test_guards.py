"""The guards of the suite themselves, each against a planted fault."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from django.template import Context, Engine, TemplateSyntaxError

from tests.network_guard import NetworkRefused
from tests.template_guard import undefined_variables_are_recorded

Render = Callable[..., tuple[str | None, list[str]]]


@pytest.fixture
def render(tmp_path: Path) -> Render:
    def rendered(source: str, **context: object) -> tuple[str | None, list[str]]:
        (tmp_path / "page.html").write_text(source, encoding="utf-8")
        with undefined_variables_are_recorded(tmp_path) as found:
            try:
                return Engine(dirs=[str(tmp_path)]).get_template("page.html").render(Context(context)), found
            except TemplateSyntaxError:
                return None, found

    return rendered


@pytest.mark.parametrize(
    "source",
    [
        "{{ compnay }}",
        "{% if compnay %}x{% endif %}",
        "{% if compnay and company %}x{% endif %}",
        "{% if not compnay %}x{% endif %}",
        "{% for row in compnay %}x{% endfor %}",
        "{% with a=compnay %}x{% endwith %}",
        "{% if company.nmae %}x{% endif %}",
        "{{ compnay|upper }}",
        "{% if compnay == 'x' %}x{% endif %}",
    ],
)
def test_template_guard_sees_a_typo(render: Render, source: str) -> None:
    _, found = render(source, company={"name": "Acier"})

    assert [sentence.split()[0].replace("|upper", "") for sentence in found][:1] in (["compnay"], ["company.nmae"])
    assert found[0].endswith("(page.html)")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ company.name }}", "Acier"),
        ("{{ company.name|upper }}", "ACIER"),
        ("{% if hint|default:'' %}x{% else %}rien{% endif %}", "rien"),
        ("{{ hint|default:'rien' }}", "rien"),
        ("{% if department.name %}x{% else %}rien{% endif %}", "rien"),
        ("{% for c in 'ab' %}{{ forloop.counter }}{% endfor %}", "12"),
        ("{{ 'Acier'|lower }}", "acier"),
    ],
)
def test_template_guard_leaves_right_templates_alone(render: Render, source: str, expected: str) -> None:
    output, found = render(source, company={"name": "Acier"}, department=None)

    assert (output, found) == (expected, [])


def test_template_guard_resolves_once(render: Render) -> None:
    calls: list[str] = []

    def count() -> int:
        calls.append("called")
        return len(calls)

    output, _ = render("{{ count|add:10 }}", count=count)

    assert output == "11"


def test_template_guard_leaves_templates_of_libraries_alone(tmp_path: Path) -> None:
    with undefined_variables_are_recorded(tmp_path) as found:
        output = Engine().from_string("{{ unknown }}").render(Context())

    assert (output, found) == ("", [])


def test_network_guard_refuses_another_machine() -> None:
    with socket.socket() as sock, pytest.raises(NetworkRefused):
        sock.connect(("192.0.2.1", 80))


def test_network_guard_lets_loopback_through() -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()

        client.connect(server.getsockname())

        assert client.getpeername() == server.getsockname()
