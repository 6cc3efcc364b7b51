"""A file between the page that looked at it and the button that follows: kept an hour, for the person who sent it."""

from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import transaction

from accounts.models import User
from workflows.tables import WrongState

FOLDER = "imports"
"""Under the data of the portal: the daily purge empties it of what nobody came back for."""

KEPT = 60 * 60
"""Seconds during which a file can be confirmed, or asked for annotated."""

PREVIEWED, REFUSED = "import", "refused"
"""What a file is kept for: one that was refused cannot be confirmed."""

NOT_VALID = "Cette page n’est plus valable\u00a0: envoyez de nouveau votre fichier."


class KeptFiles:
    """The files that one person sent to one page, for one purpose: nobody can name another's."""

    def __init__(self, purpose: str, page: str, user: User) -> None:
        self.signer = TimestampSigner(salt=f"{purpose}:{page}:{user.pk}")

    def keep(self, content: bytes) -> str:
        """Store a file; the signed name that leads to it."""
        name = uuid4().hex
        default_storage.save(f"{FOLDER}/{name}", ContentFile(content))
        return self.signer.sign(name)

    def read(self, signed: str) -> bytes:
        """Its content. Raises PermissionDenied unless signed for this, WrongState an hour after, FileNotFoundError."""
        with default_storage.open(self._path(signed)) as file:
            content: bytes = file.read()
        return content

    def forget(self, signed: str) -> None:
        """Once what it brought is there for good: a process killed before leaves both as they were."""
        path = self._path(signed)
        transaction.on_commit(lambda: default_storage.delete(path))

    def _path(self, signed: str) -> str:
        try:
            return f"{FOLDER}/{self.signer.unsign(signed, max_age=KEPT)}"
        except SignatureExpired as error:
            raise WrongState([NOT_VALID]) from error
        except BadSignature as error:
            raise PermissionDenied(NOT_VALID) from error
