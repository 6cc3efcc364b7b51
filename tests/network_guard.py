"""No test speaks to another machine: what the portal needs is on this one."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

LOOPBACK = ("127.", "::1", "localhost")


class NetworkRefused(RuntimeError):
    """A test tried to reach another machine."""


@contextmanager
def only_loopback() -> Iterator[None]:
    """Refuse every connection that leaves the machine; Unix sockets and 127.0.0.1 stay open."""
    connect = socket.socket.connect

    def guarded(sock: socket.socket, address: Any) -> None:  # Any: its shape depends on the family
        if sock.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            raise NetworkRefused(f"refusé pendant les tests : {address[0]}")
        connect(sock, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield
