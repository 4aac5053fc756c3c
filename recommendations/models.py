"""Models of the Tokyo Action Statement: its categories, recommendations and every other passage.

Wordings (`text`, `annex_text`, a category's `title`) are quotations, verbatim from the source. `short_title`
of a category and `title` of a recommendation are the catalogue's own words: pages never show one as the other.
"""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse

from gvc_catalogue.text.validators import has_words

from .querysets import CategoryQuerySet, PassageQuerySet, RecommendationQuerySet

category_code = RegexValidator(r"^(i|iii|[1-9])$", "A category's code is i, iii or a digit, as in the statement.")
NUMBER = r"^(i|[1-9]\.[1-9]\d?|iii\.[1-9]\d?)$"
recommendation_number = RegexValidator(
    NUMBER,
    "A recommendation's number is i, or its category, a dot and its place there: 2.1, iii.4.",
)


class Part(models.TextChoices):
    """The three parts of the statement."""

    FIRST = "i", "Part i"
    SECOND = "ii", "Part ii"
    THIRD = "iii", "Part iii"


class Category(models.Model):
    """Part i, one of the five categories of support of part ii, or part iii. Related name: `recommendations`."""

    CONTENT = ("code", "position", "part", "title", "lead_in", "annex_title", "short_title")

    code = models.CharField(
        max_length=3,
        unique=True,
        validators=[category_code],
        error_messages={"unique": "There is a category with this code already."},
        help_text="As in the statement: i, 1 to 5, iii.",
    )
    position = models.PositiveSmallIntegerField(
        unique=True,
        error_messages={"unique": "There is a category at this place already."},
        help_text="Its place in the statement, from 1.",
    )
    part = models.CharField(max_length=3, choices=Part, help_text="The part of the statement it stands in.")
    title = models.CharField(
        max_length=200, validators=[has_words], help_text="The heading in the statement's body, verbatim."
    )
    lead_in = models.CharField(
        max_length=20,
        blank=True,
        help_text="The words that lead from the heading to its bullets: “through:”.",
    )
    annex_title = models.CharField(
        max_length=200,
        blank=True,
        help_text="The heading in the annex, verbatim. Empty where the annex has none.",
    )
    short_title = models.CharField(
        max_length=60, validators=[has_words], help_text="Editorial: a few plain words for lists and filters."
    )

    objects = CategoryQuerySet.as_manager()
    # Annotations of with_counts().
    number_of_recommendations: int
    number_of_programmes: int

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return f"{self.code} {self.short_title}"

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def get_absolute_url(self) -> str:
        return f"{reverse('recommendations:list')}?category={self.code}"

    @property
    def name_in_statement(self) -> str:
        """Return its place in the statement in words: "Part ii, category 2". No query."""
        return f"Part ii, category {self.code}" if self.part == Part.SECOND else self.get_part_display()


class Recommendation(models.Model):
    """One bullet of the statement, or the prose of part i.

    `category` is its heading in the statement. `examples` (related name, from `programmes`) are the bullets of its row
    in the annex.
    """

    CONTENT = ("number", "category", "position", "title", "text", "annex_text")

    number = models.CharField(
        max_length=6,
        unique=True,
        validators=[recommendation_number],
        error_messages={"unique": "There is a recommendation with this number already."},
        help_text="Its category and place there, in the order of the body: 2.1. The address of its page.",
    )
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        related_name="recommendations",
        help_text="The heading of the statement it stands under.",
    )
    position = models.PositiveSmallIntegerField(
        unique=True,
        error_messages={"unique": "There is a recommendation at this place already."},
        help_text="Its place in the whole statement, from 1.",
    )
    title = models.CharField(
        max_length=120,
        help_text="Editorial: a short title of the catalogue's own, never shown as a quotation.",
    )
    text = models.TextField(validators=[has_words], help_text="The body's wording, verbatim.")
    annex_text = models.TextField(
        blank=True,
        validators=[has_words],
        help_text="The annex's wording of its row, verbatim. Empty where the annex has no row.",
    )

    objects = RecommendationQuerySet.as_manager()
    # Annotation of with_number_of_programmes().
    number_of_programmes: int

    class Meta:
        ordering = ["position"]
        permissions = [("change_statement", "Can change words of the statement and its annex")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def natural_key(self) -> tuple[str]:
        return (self.number,)

    def clean(self) -> None:
        """Validate that the number belongs to the category.

        Raises ValidationError on `category`.
        """
        in_other = self.category_id and self.number.partition(".")[0] != self.category.code
        if in_other and re.match(NUMBER, self.number):
            raise ValidationError({"category": f"The number {self.number} belongs to another category."})

    def get_absolute_url(self) -> str:
        return reverse("recommendations:detail", args=[self.number])

    @property
    def in_part_ii(self) -> bool:
        """Return whether it is in part ii, the only part that the annex covers. No query."""
        return self.number[0].isdigit()


class Passage(models.Model):
    """All other text of the statement: preamble, headings, introductions, footnotes, sentences inside the table."""

    class Place(models.TextChoices):
        """Places in the statement, in its order."""

        BACKGROUND = "background", "Background"
        POLICY_RECOMMENDATIONS = "policy-recommendations", "Policy recommendations"
        PART_II = "part-ii", "Part ii"
        PART_III = "part-iii", "Part iii"
        NOTES = "notes", "Footnotes of the body"
        ANNEX = "annex", "Annex"
        ROW_3_1 = "row-3.1", "Annex, row 3.1"
        ROW_3_3 = "row-3.3", "Annex, row 3.3"
        ANNEX_NOTES = "annex-notes", "Footnotes of the annex"

    class Kind(models.TextChoices):
        """Kinds of passages."""

        HEADING = "heading", "Heading"
        PARAGRAPH = "paragraph", "Paragraph"
        INTRODUCTION = "introduction", "Introduction"
        COLUMN_HEADING = "column-heading", "Column heading"
        TABLE_SENTENCE = "table-sentence", "Sentence inside the table"
        FOOTNOTE = "footnote", "Footnote"

    CONTENT = ("place", "position", "kind", "text", "note")

    place = models.CharField(max_length=24, choices=Place, help_text="Where in the statement it stands.")
    position = models.PositiveSmallIntegerField(help_text="Its order in that place, from 1.")
    kind = models.CharField(max_length=16, choices=Kind, help_text="What it is.")
    text = models.TextField(validators=[has_words], help_text="Its words, verbatim.")
    note = models.CharField(
        max_length=2,
        blank=True,
        help_text="The footnote its last word refers to; of a footnote, its own number.",
    )

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["place", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "position"],
                name="passage_once_in_its_place",
                violation_error_message="There is a passage at this place already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_place_display()} {self.position}: {self.text[:60]}"

    def natural_key(self) -> tuple[str, int]:
        return (self.place, self.position)

    def get_absolute_url(self) -> str:
        return f"{reverse('statement')}#{self.place}"

    @property
    def row(self) -> str:
        """Return the number of the recommendation whose row of the table contains it; "" elsewhere."""
        return self.place.removeprefix("row-") if self.place.startswith("row-") else ""
