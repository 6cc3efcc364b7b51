"""A proxy that ends TLS in front of the portal, as the one of a préfecture does: its headers say where a visitor is."""

import http.client
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import trustme

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "server", "date"}


class Relay(BaseHTTPRequestHandler):
    """Hands each request to the portal and its answer back; `upstream` is the portal's port on loopback."""

    protocol_version = "HTTP/1.1"
    upstream = 0

    def relay(self) -> None:
        """The same request over plain HTTP, with what the portal can no longer see by itself."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = dict(self.headers.items())
        # Overwritten, never appended to: a visitor's own claim must not reach the portal.
        headers |= {"X-Forwarded-For": self.client_address[0], "X-Forwarded-Proto": "https"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=60)) as link:
            link.request(self.command, self.path, body=body, headers=headers)
            answer = link.getresponse()
            content = answer.read()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", answer.getheader("Content-Length") or str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_HEAD = do_POST = relay  # noqa: N815  # names of the library

    def log_message(self, *_arguments: object) -> None:
        """Say nothing: the portal has its own log."""


class TlsServer(ThreadingHTTPServer):
    """Each connection makes its handshake in its own thread: a browser opens several and leaves some waiting."""

    daemon_threads = True

    def handle_error(self, *_arguments: object) -> None:
        """A browser that drops a connection is no error."""


@contextmanager
def tls_in_front(*, upstream: int, port: int, host: str) -> Iterator[None]:
    """Listen with a certificate of `host` that nobody but the tests trusts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert(host).configure_cert(context)
    server = TlsServer(("127.0.0.1", port), type("RelayToPortal", (Relay,), {"upstream": upstream}))
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
