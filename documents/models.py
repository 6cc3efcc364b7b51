"""Files that the portal made: each once, under the fingerprint of what it was made from."""

import hashlib

from django.db import models
from django.db.models import Exists, ManyToOneRel, OuterRef


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Stored files, by the question the sweep asks."""

    def unreferenced(self) -> "StoredFileQuerySet":
        """Those that no row of the portal names: previews of drafts, mostly. Any room may refer to a file."""
        found = self
        for relation in StoredFile._meta.get_fields(include_hidden=True):
            if not isinstance(relation, ManyToOneRel):
                continue
            rows = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
            found = found.filter(~Exists(rows))
        return found


class StoredFile(models.Model):
    """The bytes of one file. Written once, never changed; whoever may read it is said by the row that refers to it."""

    key = models.CharField("clé", max_length=64, unique=True)
    """SHA-256 of what it was made from (`filing.key_of`): asked again, the same file is found instead of made."""
    sha256 = models.CharField("empreinte SHA-256", max_length=64, db_index=True)
    """Of the bytes."""
    media_type = models.CharField("type", max_length=100)
    content = models.BinaryField("contenu")
    made_at = models.DateTimeField("fait le")

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = "fichier conservé"
        verbose_name_plural = "fichiers conservés"

    def __str__(self) -> str:
        return self.sha256

    @property
    def data(self) -> bytes:
        """The bytes, whatever the database driver wraps them in."""
        return bytes(self.content)

    @property
    def is_intact(self) -> bool:
        """Whether the bytes are those that were kept; half a millisecond for a bilan of a hundred companies."""
        return hashlib.sha256(self.data).hexdigest() == self.sha256
