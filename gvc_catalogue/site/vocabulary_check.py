"""Verification of the vocabulary: words that justify classifications, labels that are also synonyms, and counts."""

from collections.abc import Iterator

from gvc_catalogue.search_index.analysis import analyse
from programmes.models import Classification, RecommendationTopic, Scheme, Synonym, Term

from .findings import Finding, compare_counts

CHUNK = 2_000
TERMS = {Scheme.INSTRUMENT: 19, Scheme.TOPIC: 45, Scheme.BENEFICIARY: 10}
# The numbers of programmes in the annex with a term of each scheme.
CLASSIFIED = {Scheme.INSTRUMENT: 66, Scheme.TOPIC: 67, Scheme.BENEFICIARY: 53}
CLASSIFICATIONS, TOPICS = 301, 72


def vocabulary_findings() -> list[Finding]:
    """Return the findings on words of classifications and of topics, on labels, and on counts. 14 queries.

    Classifications without words, chosen by a curator, are not checked.
    """
    classifications = Classification.objects.exclude(words="")
    topics = RecommendationTopic.objects.exclude(words="")
    return [
        Finding("words of classifications", classifications.count(), list(_unfounded_terms())),
        Finding("words of topics", topics.count(), list(_unfounded_topics())),
        Finding("alternative labels of terms", Term.objects.count(), list(_labels_and_synonyms())),
        compare_counts("counts of the vocabulary", _counts(), "the data it was loaded from"),
    ]


def _unfounded_terms() -> Iterator[str]:
    """Yield a sentence for each classification of which no quotation of the programme has the words."""
    rows = Classification.objects.exclude(words="").select_related("programme", "term")
    for row in rows.prefetch_related("programme__examples").iterator(chunk_size=CHUNK):
        if not any(row.words in example.text for example in row.programme.examples.all()):
            yield _unfounded(f"programme {row.programme.slug}", row)


def _unfounded_topics() -> Iterator[str]:
    """Yield a sentence for each topic of which neither wording of the recommendation has the words."""
    for row in RecommendationTopic.objects.exclude(words="").select_related("recommendation", "term"):
        if row.words not in row.recommendation.text and row.words not in row.recommendation.annex_text:
            yield _unfounded(f"recommendation {row.recommendation.number}", row)


def _labels_and_synonyms() -> Iterator[str]:
    """Yield a sentence for each alternative label of which a synonym is a label of the term too.

    An expression stands in one of both: the term is found by all synonyms of one of its labels.
    """
    groups = {tuple(analyse(word)): group for group in Synonym.objects.all() for word in group.expressions}
    for term in Term.objects.all():
        met: set[Synonym] = set()
        for label in term.labels:
            group = groups.get(tuple(analyse(label)))
            if group in met:
                yield f"term {term.key} has the label “{label}”, which is also in the group of synonyms {group}"
            met |= {group} if group else set()


def _unfounded(record: str, row: Classification | RecommendationTopic) -> str:
    return f"{record} has the term {row.term.key} by the words “{row.words}”, which it does not quote"


def _counts() -> Iterator[tuple[str, int, int]]:
    """Yield a label, the number in the catalogue, and the number in the data it was loaded from, for each count."""
    in_annex = Classification.objects.filter(programme__examples__source=None, programme__examples__isnull=False)
    for scheme, number in TERMS.items():
        yield f"terms of the kind {scheme}", Term.objects.filter(scheme=scheme).count(), number
    for scheme, number in CLASSIFIED.items():
        programmes = in_annex.filter(term__scheme=scheme).order_by().values("programme").distinct()
        yield f"programmes in the annex with a term of the kind {scheme}", programmes.count(), number
    yield "classifications of programmes in the annex", in_annex.distinct().count(), CLASSIFICATIONS
    yield "topics of recommendations", RecommendationTopic.objects.count(), TOPICS
