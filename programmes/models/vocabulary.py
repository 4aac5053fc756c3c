"""ORM models of the controlled vocabulary: terms, and the classification of programmes and recommendations by them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse

from gvc_catalogue.text.validators import has_words
from recommendations.models import Recommendation

from .programme import Programme
from .querysets import ClassificationQuerySet, RecommendationTopicQuerySet, TermQuerySet

is_term_key = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", "A key is words in small letters, joined by hyphens: grant.")


class Scheme(models.TextChoices):
    """Concept schemes of the vocabulary, in their order on pages."""

    INSTRUMENT = "instrument", "Policy instrument"
    TOPIC = "topic", "Topic"
    BENEFICIARY = "beneficiary", "Beneficiary"


class Term(models.Model):
    """Term of the controlled vocabulary, a concept in SKOS. Its `narrower` terms have it as their `broader` term."""

    CONTENT = ("scheme", "key", "label", "other_labels", "french_labels", "broader", "definition", "source")

    scheme = models.CharField(max_length=12, choices=Scheme, help_text="What kind of term it is.")
    key = models.CharField(
        max_length=60,
        unique=True,
        validators=[is_term_key],
        error_messages={"unique": "There is a term with this key already."},
        help_text="Words in small letters, joined by hyphens. The address of its page.",
    )
    label = models.CharField(
        "preferred label", max_length=100, validators=[has_words], help_text="What pages call it: Grant or subsidy."
    )
    other_labels = models.TextField(
        "alternative labels", blank=True, help_text="Other words for it that people type, one a line: subsidy, voucher."
    )
    french_labels = models.TextField(
        blank=True, help_text="Words for it in French, one a line. They are searched for and not displayed."
    )
    broader = models.ForeignKey(
        "self",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="narrower",
        help_text="The term of the same kind that includes it. A choice of that term includes its programmes.",
    )
    definition = models.TextField(blank=True, help_text="What it means, in a sentence.")
    source = models.TextField(blank=True, help_text="The terms of other vocabularies that it was aligned with.")

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels: the preferred one, the alternative and the French ones, in their order."""
        lines = (self.label, *self.other_labels.splitlines(), *self.french_labels.splitlines())
        return tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def natural_key(self) -> tuple[str]:
        return (self.key,)

    def get_absolute_url(self) -> str:
        return reverse("vocabulary:detail", args=[self.key])

    @property
    def other_names(self) -> list[str]:
        """The alternative labels in their order, without blank lines."""
        return [line.strip() for line in self.other_labels.splitlines() if line.strip()]

    def clean(self) -> None:
        """Validate that the broader term is of the same scheme, and neither the term itself nor below it.

        Raises ValidationError on `broader`. One query.
        """
        if self.broader and self.broader.scheme != self.scheme:
            raise ValidationError({"broader": f"“{self.broader}” is of another kind."})
        if self.broader_id in Term.objects.or_narrower([self.pk] if self.pk else []):
            raise ValidationError({"broader": "A term cannot be broader than itself."})


class Confidence(models.TextChoices):
    """Confidence that the words of a quotation justify a classification."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"


class ClassificationFields(models.Model):
    """Abstract model with the fields common to classifications of published programmes and of drafts."""

    CONTENT = ("term", "words", "confidence")

    term = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="%(class)ss", help_text="The term that it is classified by."
    )
    words = models.TextField(
        blank=True, help_text="The words of one of its quotations that justify the term, verbatim."
    )
    confidence = models.CharField(
        max_length=6, choices=Confidence, default=Confidence.HIGH, help_text="That the words justify the term."
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.term}: {self.words}"


class Classification(ClassificationFields):
    """A term that a published programme is classified by, with the words of its quotation that justify it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="classifications")

    objects = ClassificationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "term"],
                name="term_once_a_programme",
                violation_error_message="The programme has this term already.",
            )
        ]

    def natural_key(self) -> tuple[str, str]:
        return (self.programme.slug, self.term.key)


class RecommendationTopic(models.Model):
    """A topic of a recommendation, with the words of the statement or of its annex that justify it."""

    CONTENT = ("recommendation", "term", "words")

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="topics")
    term = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        related_name="recommendation_topics",
        limit_choices_to={"scheme": Scheme.TOPIC},
        help_text="The topic.",
    )
    words = models.TextField(blank=True, help_text="The words of the recommendation that justify it, verbatim.")

    objects = RecommendationTopicQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "term"],
                name="topic_once_a_recommendation",
                violation_error_message="The recommendation has this topic already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.recommendation.number}: {self.term}"

    def natural_key(self) -> tuple[str, str]:
        return (self.recommendation.number, self.term.key)
