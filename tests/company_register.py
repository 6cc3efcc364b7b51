"""A register of companies on loopback that answers as the State's does, or badly on demand."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

POLL = 0.01
"""Seconds between two looks at whether it is to stop."""

PLACE: dict[str, Any] = {
    "siret": "73282932000074",
    "activite_principale": "24.44Z",
    "adresse": "8 RUE DU TERRIL 62000 ARRAS",
    "code_postal": "62000",
    "libelle_commune": "ARRAS",
    "etat_administratif": "A",
    "date_fermeture": None,
}
FIRM: dict[str, Any] = {
    "siren": "732829320",
    "nom_complet": "ZINC DU TERRIL (ZT)",
    "nom_raison_sociale": "ZINC DU TERRIL",
    "categorie_entreprise": "PME",
    "tranche_effectif_salarie": "21",
    "siege": {**PLACE, "siret": "73282932000017", "adresse": "1 RUE DU SIEGE 59000 LILLE"},
    "matching_etablissements": [PLACE],
}


@dataclass
class Register:
    """Where it listens, what it answers next, what it was asked."""

    address: str = ""
    status: int = 200
    body: bytes = field(default_factory=lambda: json.dumps({"results": [FIRM]}).encode())
    drip: float = 0.0
    """Seconds between two bytes."""
    asked: list[str] = field(default_factory=list)


@contextmanager
def register_on_loopback() -> Iterator[Register]:
    """Serve until the block ends."""
    register = Register()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            register.asked.append(f"{asked.path} {parse_qs(asked.query)['q'][0]}")
            self.send_response(register.status)
            self.send_header("Location", "/ailleurs")
            self.end_headers()
            try:
                for byte in [register.body] if not register.drip else [bytes([code]) for code in register.body]:
                    self.wfile.write(byte)
                    self.wfile.flush()
                    time.sleep(register.drip)
            except OSError:
                return

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    register.address = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=lambda: server.serve_forever(POLL), daemon=True).start()
    try:
        yield register
    finally:
        server.shutdown()
        server.server_close()
