"""What a person keeps of the lists of the portal: views with a name of their own, and the columns of the files."""

import uuid

from django.db import models

from accounts.models.user import User
from territories.fields import OrderKeyField

LONGEST_PAGE, LONGEST_QUERY = 60, 1000


class SavedView(models.Model):
    """A list as somebody narrowed and sorted it, under a name. Nobody else sees it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views", verbose_name="compte")
    page = models.CharField("page de la liste", max_length=LONGEST_PAGE)
    """Its address, without what narrows it."""
    name = models.CharField("nom de la vue", max_length=60)
    query = models.CharField("filtres et tri", max_length=LONGEST_QUERY, blank=True)
    name_key = OrderKeyField("rang alphabétique", of=("name",))

    class Meta:
        verbose_name = "vue enregistrée"
        verbose_name_plural = "vues enregistrées"
        ordering = ("name_key", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "page", "name"),
                name="saved_view_once",
                violation_error_message="Vous avez déjà une vue de ce nom.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The list, narrowed and sorted so."""
        return f"{self.page}?{self.query}"


class ChosenColumns(models.Model):
    """The columns that somebody wants in the files of a list, by their names in addresses, one space between."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="chosen_columns", verbose_name="compte")
    page = models.CharField("page de la liste", max_length=LONGEST_PAGE)
    names = models.CharField("colonnes", max_length=1000)

    class Meta:
        verbose_name = "colonnes choisies"
        verbose_name_plural = "colonnes choisies"
        constraints = (
            models.UniqueConstraint(
                fields=("user", "page"),
                name="chosen_columns_once",
                violation_error_message="Les colonnes de cette liste sont déjà choisies.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.page} : {self.names}"
