"""What the web server refuses by itself, before Django: asked for over a socket, answered in French."""

import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.urls import resolve

from tests.serving import PATIENCE, demo_environment, free_port, served

FOOTER = ["site_map", "accessibility", "legal_notice", "privacy", "contact"]
HOST = b"Host: 127.0.0.1\r\n"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where a portal with an empty database answers."""
    folder: Path = tmp_path_factory.mktemp("server")
    chosen = free_port()
    with served(demo_environment(folder, "2020-07-10"), chosen):
        yield chosen


def answer(port: int, request: bytes) -> str:
    """Everything that the server says to these bytes; it may answer and hang up before it has read them all."""
    said = b""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as link:
        with suppress(OSError):
            link.sendall(request)
            link.shutdown(socket.SHUT_WR)
        with suppress(ConnectionResetError):
            while part := link.recv(65536):
                said += part
    return said.decode()


@pytest.mark.parametrize(
    ("request_bytes", "status", "heading"),
    [
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414, "Adresse trop longue"),
        (b"GET /?" + b"a" * 200_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414, "Adresse trop longue"),
        (b"n'importe quoi\r\n\r\n", 400, "Demande illisible"),
        (b"GET / HTTP/9.9\r\n" + HOST + b"\r\n", 400, "Demande illisible"),
        (b"GET / HTTP/1.1\r\n" + HOST + b"<b>: oui\r\n\r\n", 400, "Demande illisible"),
        (b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 9000 + b"\r\n\r\n", 431, "Demande trop lourde"),
    ],
    ids=["address", "longer-address", "garbage", "version", "header-name", "header-size"],
)
def test_what_the_server_cannot_read_is_refused_in_french(
    port: int, request_bytes: bytes, status: int, heading: str
) -> None:
    head, _, body = answer(port, request_bytes).partition("\r\n\r\n")

    assert head.startswith(f"HTTP/1.1 {status} ")
    assert f"Content-Length: {len(body.encode())}" in head
    assert "X-Content-Type-Options: nosniff" in head
    assert "Content-Security-Policy: default-src 'none'" in head
    assert '<html lang="fr">' in body
    assert f"<h1>{heading}</h1>" in body
    assert [resolve(path).url_name for path in re.findall(r'<li><a href="([^"]+)">', body)] == FOOTER
    assert "aaaa" not in body
    assert "oui" not in body
