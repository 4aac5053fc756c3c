"""ORM model of import runs."""

from django.db import models

from gvc_catalogue.history.user_names import kept_name, user_key, user_name


class Receipt(models.Model):
    """Record of an import run: its file, its counts and its users. Used to report an import and to undo it whole."""

    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    published = models.BooleanField(default=False, help_text="Published at once; otherwise drafts were made.")
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True, help_text="Why; readers see it where the import was published.")
    by = user_key(blank=True)
    by_name = kept_name()
    at = models.DateTimeField(auto_now_add=True)
    undone_by = user_key(blank=True)
    undone_by_name = kept_name()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "import"
        default_permissions = ("add", "view")

    def __str__(self) -> str:
        return f"{self.file_name}, {self.at:%d %B %Y %H:%M}"

    @property
    def importer(self) -> str:
        """The name of the user who ran the import, also of a deleted user; "" if unknown."""
        return user_name(self, "by")

    @property
    def undoer(self) -> str:
        """The name of the user who undid the import, also of a deleted user; "" if unknown."""
        return user_name(self, "undone_by")

    @property
    def batch(self) -> str:
        """The batch identifier of the import in the version history: "import-12"."""
        return f"import-{self.pk}"
