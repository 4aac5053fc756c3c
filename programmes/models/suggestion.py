"""ORM model of suggestions: corrections proposed by readers."""

from django.db import models

from gvc_catalogue.history.user_names import kept_name, user_key, user_name

from .programme import Programme

LONGEST = 2_000


class SuggestionState(models.TextChoices):
    """Decision of a curator on a suggestion."""

    OPEN = "open", "Open"
    TAKEN = "taken", "Taken"
    REFUSED = "refused", "Refused"


class Suggestion(models.Model):
    """Anonymous suggestion of a reader about a programme, as plain text."""

    # Without a database constraint, as in FormerSlug: suggestions stay readable after the programme is withdrawn.
    programme = models.ForeignKey(
        Programme, on_delete=models.DO_NOTHING, db_constraint=False, related_name="suggestions"
    )
    programme_name = models.CharField(max_length=200, help_text="What it was called then.")
    text = models.TextField(max_length=LONGEST, help_text="What should be corrected, in the reader's words.")
    evidence = models.CharField(max_length=500, blank=True, help_text="Where that can be read.")
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    state = models.CharField(max_length=8, choices=SuggestionState, default=SuggestionState.OPEN)
    answer = models.CharField(max_length=500, blank=True, help_text="The curator's word on it.")
    decided_by = user_key(blank=True)
    decided_by_name = kept_name()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "-id"], name="suggestion_by_state")]
        default_permissions = ("change", "view")

    @property
    def decider(self) -> str:
        """The name of the curator who decided, also of a deleted user; "" if unknown."""
        return user_name(self, "decided_by")

    def __str__(self) -> str:
        return f"{self.programme_name}: {self.text[:60]}"
