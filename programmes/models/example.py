"""ORM models of examples and their sources: bullets of the annex, and passages of later documents."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse

from gvc_catalogue.text.validators import has_words
from recommendations.models import Recommendation

from ..schema import records
from .programme import Programme
from .querysets import ExampleQuerySet, SourceQuerySet


class Source(models.Model):
    """A dated document other than the annex that examples quote."""

    CONTENT = ("title", "url", "date")

    title = models.CharField(max_length=300, help_text="The document's title as printed.")
    url = models.URLField(
        "address",
        max_length=500,
        unique=True,
        error_messages={"unique": "There is a document with this address already."},
        help_text="Where it can be read.",
    )
    date = models.DateField(help_text="The date it bears.")

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["date", "title"]

    def __str__(self) -> str:
        return f"{self.title} ({self.date:%d %B %Y})"

    def natural_key(self) -> tuple[str]:
        return (self.url,)


class ExampleFields(models.Model):
    """Abstract model with the fields common to published examples and drafts of examples."""

    CONTENT = ("recommendation", "position", "text", "programmes", "source", "placed_by_inference", "reason")

    recommendation = models.ForeignKey(
        Recommendation,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        help_text="The row of the annex it stands in.",
    )
    position = models.PositiveIntegerField(
        validators=[MinValueValidator(1, "The first place in a row is 1.")],
        help_text="Its place in the row, from 1.",
    )
    text = models.TextField(validators=[has_words], help_text="The words as printed. Misprints of the original stay.")
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        help_text="The document quoted. Empty: the annex of the Action Statement.",
    )
    placed_by_inference = models.BooleanField(
        default=False,
        help_text="The print leaves open which row it belongs to; this one was read from its sense.",
    )
    reason = models.TextField(blank=True, help_text="Why it was placed here; shown to the reader.")

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Validate that placement by inference has a reason, and that the annex has a row if the annex is quoted.

        Raises ValidationError on `reason` or `source`.
        """
        if self.of_annex and self.recommendation_id and not self.recommendation.annex_text:
            raise ValidationError({"source": "The annex has no row for this recommendation: say what is quoted."})
        if self.placed_by_inference and not self.reason.strip():
            raise ValidationError({"reason": "Say why it was placed in this row: the reader is shown the reason."})

    @property
    def quoted(self) -> records.ExampleColumns:
        """The columns that its record is built from. One query unless the source is loaded by select_related()."""
        source = self.source
        of_source = (source.title, source.url, source.date) if source else (None, None, None)
        return records.ExampleColumns(self.position, self.text, self.placed_by_inference, self.reason, *of_source)

    @property
    def of_annex(self) -> bool:
        """Whether it quotes the annex of the statement, not a later document. No query."""
        return self.source_id is None

    @property
    def published_key(self) -> int | None:
        """The primary key of the published record; drafts override this."""
        return self.pk


class Example(ExampleFields):
    """Published example: a bullet of an annex row, with its text, row (`recommendation`) and `position` in the row.

    The model is in this app because it refers to programmes and recommendations; the app of recommendations does not
    depend on examples. An example that is not published yet, or was withdrawn, is an ExampleDraft.
    """

    programmes = models.ManyToManyField(
        Programme,
        related_name="examples",
        help_text="What it describes: mostly one programme, sometimes two.",
    )

    objects = ExampleQuerySet.as_manager()

    class Meta:
        ordering = ["recommendation__position", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "position"],
                name="example_once_in_its_place",
                violation_error_message="There is an example at this place of the row already.",
            )
        ]
        indexes = [
            # For the changelist filtered by source.
            models.Index(fields=["source", "recommendation", "position"], name="example_by_source"),
            # For the worklist of these; a partial index, because they are rare.
            models.Index(
                fields=["recommendation", "position"],
                name="example_inferred",
                condition=models.Q(placed_by_inference=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.text[:60]}"

    def natural_key(self) -> tuple[str, int]:
        return (self.recommendation.number, self.position)

    natural_key.dependencies = ["recommendations.recommendation"]  # type: ignore[attr-defined]

    def get_absolute_url(self) -> str:
        return f"{reverse('statement')}#{self.anchor}"

    @property
    def url(self) -> str:
        """The address of the quotation: on the statement's page, or in the document quoted.

        At most two queries, unless recommendation and source are loaded by select_related().
        """
        return records.where(self.recommendation.number, self.quoted)

    @property
    def place(self) -> str:
        """The place of the quotation in words: "Annex, row 2.1, example 1". Queries as for `url`."""
        return records.place(self.recommendation.number, self.quoted)

    @property
    def inferred(self) -> str:
        """The reason why it was placed in its row by inference; "" if the print shows its row."""
        return self.reason if self.placed_by_inference else ""

    @property
    def key(self) -> str:
        """Recommendation and position: "2.1-1". One query unless the recommendation is loaded by select_related()."""
        return f"{self.recommendation.number}-{self.position}"

    @property
    def anchor(self) -> str:
        """Its anchor on the statement's page: "e-2.1-1". Queries as for `key`."""
        return f"e-{self.key}"
