"""The answers of the web server to what it cannot read and Django never sees, in French."""

import socket

from gunicorn.util import write_nonblock

UNREADABLE = ("Demande illisible", "Le serveur n’a pas pu lire ce que votre navigateur a envoyé.")
FAILED = (
    "Une erreur est survenue",
    "Le portail n’a pas pu terminer cette opération. Recommencez dans quelques minutes.",
)
SENTENCES = {
    414: (
        "Adresse trop longue",
        "Le serveur ne lit pas une adresse aussi longue. Vérifiez le lien suivi.",
    ),
    431: (
        "Demande trop lourde",
        "Votre navigateur envoie trop d’informations. Effacez les cookies de ce site.",
    ),
}
PAGE = """<!DOCTYPE html>
<html lang="fr">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{title} – Portail PAQTE</title>
  </head>
  <body>
    <main>
      <h1>{title}</h1>
      <p>{sentence}</p>
      <p><a href="/">Revenir à l’accueil du portail</a></p>
    </main>
    <footer>
      <ul>
        <li><a href="/plan-du-site/">Plan du site</a></li>
        <li><a href="/accessibilite/">Accessibilité : non conforme</a></li>
        <li><a href="/mentions-legales/">Mentions légales</a></li>
        <li><a href="/donnees-personnelles/">Données personnelles</a></li>
        <li><a href="/contact/">Contact</a></li>
      </ul>
    </footer>
  </body>
</html>
"""
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Connection": "close",
}


def write_error(sock: socket.socket, status_int: int, reason: str, mesg: str) -> None:
    """Answer in the place of gunicorn. What was sent is not repeated: nothing in it is trusted."""
    title, sentence = SENTENCES.get(status_int, FAILED if status_int >= 500 else UNREADABLE)
    body = PAGE.format(title=title, sentence=sentence).encode()
    headers = {**HEADERS, "Content-Length": str(len(body))}
    head = "\r\n".join([f"HTTP/1.1 {status_int} {reason}", *(f"{name}: {value}" for name, value in headers.items())])
    write_nonblock(sock, head.encode("latin-1") + b"\r\n\r\n" + body)
