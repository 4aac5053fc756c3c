"""What readers suggest to correct."""

from django.conf import settings
from django.db import models

from .programme import Programme

LONGEST = 2_000


class SuggestionState(models.TextChoices):
    """What a curator said to a suggestion."""

    OPEN = "open", "Open"
    TAKEN = "taken", "Taken"
    REFUSED = "refused", "Refused"


class Suggestion(models.Model):
    """A reader's words about a record: plain text, by nobody in particular."""

    # Like former addresses it outlives the programme: what was suggested stays readable.
    programme = models.ForeignKey(
        Programme, on_delete=models.DO_NOTHING, db_constraint=False, related_name="suggestions"
    )
    programme_name = models.CharField(max_length=200, help_text="What it was called then.")
    text = models.TextField(max_length=LONGEST, help_text="What should be corrected, in the reader's words.")
    evidence = models.CharField(max_length=500, blank=True, help_text="Where that can be read.")
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    state = models.CharField(max_length=8, choices=SuggestionState, default=SuggestionState.OPEN)
    answer = models.CharField(max_length=500, blank=True, help_text="The curator's word on it.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "-id"], name="suggestion_by_state")]
        default_permissions = ("change", "view")

    def __str__(self) -> str:
        return f"{self.programme_name}: {self.text[:60]}"
