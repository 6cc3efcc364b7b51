"""A provider of identity on loopback that speaks as ProConnect does, signs with its own RSA key, and lies on demand."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

POLL = 0.01
"""Seconds between two looks at whether the provider is to stop: each test has its own."""

CLIENT_ID, CLIENT_SECRET = "portail-paqte", "le secret du portail, assez long pour signer"
OUR_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STRANGER_S_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KID = "cle-1"


@dataclass
class Answers:
    """What the provider says next; a test changes what it wants to be false."""

    identity: dict[str, Any] = field(default_factory=dict)
    """Claims of the identity token that differ from the right ones; None takes one away."""
    person: dict[str, Any] = field(default_factory=dict)
    """The same, of the description of the person."""
    headers: dict[str, Any] = field(default_factory=lambda: {"kid": KID})
    algorithm: str = "RS256"
    key: Any = OUR_KEY
    person_algorithm: str = "RS256"
    person_type: str = "application/jwt"
    token_status: int = 200
    pause: float = 0.0


class Provider:
    """Where it listens, what it answers, what it was asked."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.answers = Answers()
        self.asked: list[str] = []
        self.nonces: dict[str, str] = {}

    def authorize(self, query: dict[str, str]) -> str:
        """The address to come back to, with a code that stands for this nonce."""
        code = f"code-{len(self.nonces)}"
        self.nonces[code] = query["nonce"]
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def identity_token(self, code: str) -> str:
        """Who signed in, when, for whom."""
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "sub": "sub-1", "iat": now, "exp": now + 60, "amr": ["pwd"]}
        claims |= {"nonce": self.nonces[code], **self.answers.identity}
        return self._signed(claims, self.answers.algorithm)

    def description(self) -> bytes:
        """The person, signed; or not, when a test wants so."""
        claims: dict[str, Any] = {"iss": self.issuer, "aud": CLIENT_ID, "sub": "sub-1", "usual_name": "Dupont"}
        claims |= {"email": "Claire@Prefecture.example", "email_verified": True, **self.answers.person}
        if self.answers.person_type != "application/jwt":
            return json.dumps(claims).encode()
        return self._signed(claims, self.answers.person_algorithm).encode()

    def keys(self) -> dict[str, Any]:
        """The public key, as a JWK set."""
        own = jwt.algorithms.RSAAlgorithm.to_jwk(OUR_KEY.public_key(), as_dict=True)
        return {"keys": [{**own, "kid": KID, "alg": "RS256", "use": "sig"}]}

    def _signed(self, claims: dict[str, Any], algorithm: str) -> str:
        kept = {name: value for name, value in claims.items() if value is not None}
        key = {"none": None, "HS256": CLIENT_SECRET}.get(algorithm, self.answers.key)
        return jwt.encode(kept, key, algorithm=algorithm, headers=self.answers.headers)


@contextmanager
def provider_on_loopback() -> Iterator[Provider]:
    """The provider, for as long as a test needs it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.provider = Provider(f"http://127.0.0.1:{server.server_port}/api/v2")  # type: ignore[attr-defined]  # ours
    thread = Thread(target=server.serve_forever, args=[POLL], daemon=True)
    thread.start()
    try:
        yield server.provider  # type: ignore[attr-defined]  # as above
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    """The four addresses of the provider."""

    def do_GET(self) -> None:  # the name that http.server calls
        provider = self._provider()
        path, query = urlsplit(self.path).path.rpartition("/")[2], _first(urlsplit(self.path).query)
        match path:
            case "authorize":
                self._answer(302, b"", Location=provider.authorize(query))
            case "jwks":
                self._answer(200, json.dumps(provider.keys()).encode(), **{"Content-Type": "application/json"})
            case "userinfo" if self.headers["Authorization"] == "Bearer jeton-1":
                self._answer(200, provider.description(), **{"Content-Type": provider.answers.person_type})
            case _:
                self._answer(401, b"")

    def do_POST(self) -> None:  # as above
        provider = self._provider()
        form = _first(self.rfile.read(int(self.headers["Content-Length"])).decode())
        known = (form.get("client_id"), form.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
        if not known or form["code"] not in provider.nonces or provider.answers.token_status != 200:
            self._answer(400, b'{"error": "invalid_grant"}')
            return
        tokens = {"access_token": "jeton-1", "token_type": "Bearer", "id_token": provider.identity_token(form["code"])}
        self._answer(200, json.dumps(tokens).encode(), **{"Content-Type": "application/json"})

    def _provider(self) -> Provider:
        provider: Provider = self.server.provider  # type: ignore[attr-defined]  # ours
        provider.asked.append(self.path)
        time.sleep(provider.answers.pause)
        return provider

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Quiet."""


def _first(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
