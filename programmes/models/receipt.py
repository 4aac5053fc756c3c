"""Receipts of imports."""

from django.conf import settings
from django.db import models


class Receipt(models.Model):
    """What an import did: so that it can be told, and undone as a whole."""

    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    published = models.BooleanField(default=False, help_text="Published at once; otherwise drafts were made.")
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True, help_text="Why; readers see it where the import was published.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "import"
        default_permissions = ("add", "view")

    def __str__(self) -> str:
        return f"{self.file_name}, {self.at:%d %B %Y %H:%M}"

    @property
    def batch(self) -> str:
        """How versions name the import that they were part of."""
        return f"import-{self.pk}"
