"""Files of the vocabulary: SKOS concept schemes and concepts, and the rows of its CSV.

The identifiers of schemes and concepts are the addresses of their pages.
"""

from collections.abc import Iterator
from typing import Any

from rdflib import Graph

from gvc_catalogue.formats.skos import Concept, ConceptScheme, concept_graph

from ..models import Term
from ..presentation.vocabulary import HEADINGS, scheme_url
from ..schema.alignments import alignments
from ..search.catalogue_snapshot import CatalogueSnapshot
from ..search.search import totals
from ..search.term_tree import TermTree

VOCABULARY_COLUMNS = ["scheme", "scheme_label", "key", "label", "other_labels", "labels_fr", "broader", "broader_label"]
VOCABULARY_COLUMNS += ["narrower", "definition", "source", "exact_matches", "close_matches", "programmes", "url"]


def vocabulary_graph(edition: CatalogueSnapshot, root: str) -> Graph:
    """Return all terms as SKOS, a concept scheme for each scheme; `root` is the scheme and host of their URLs.

    No query.
    """
    modified = edition.stamp.made.date()
    schemes = [ConceptScheme(f"{root}{scheme_url(key)}", title, modified) for key, title in HEADINGS.items()]
    tree = edition.vocabulary.tree
    return concept_graph(schemes, [concept(term, tree, root) for term in tree.terms.values()])


def concept(term: Term, tree: TermTree, root: str) -> Concept:
    """Return a term as a SKOS concept. No query."""
    found = alignments(term.label, term.source)
    return Concept(
        url=f"{root}{term.get_absolute_url()}",
        scheme=f"{root}{scheme_url(term.scheme)}",
        notation=term.key,
        label=term.label,
        definition=term.definition,
        note=f"Aligned with: {term.source}" if term.source else "",
        broader="".join(f"{root}{above.get_absolute_url()}" for above in tree.broader(term)[-1:]),
        other_labels=tuple(term.other_names),
        hidden_labels=tuple(term.french_names),
        exact=tuple(other.url for other in found if other.exact),
        close=tuple(other.url for other in found if not other.exact),
    )


def vocabulary_rows(edition: CatalogueSnapshot, root: str) -> Iterator[dict[str, Any]]:
    """Yield all terms as rows of VOCABULARY_COLUMNS, in the order of the page. No query."""
    tree, counts = edition.vocabulary.tree, totals(edition)
    for scheme, label in HEADINGS.items():
        for term in tree.of_scheme(scheme):
            yield {"scheme_label": label, "programmes": counts[scheme].get(term.key, 0), **_row(term, tree, root)}


def _row(term: Term, tree: TermTree, root: str) -> dict[str, Any]:
    whole, above = concept(term, tree, root), tree.broader(term)[-1:]
    return {
        "scheme": term.scheme,
        "key": term.key,
        "label": term.label,
        "other_labels": whole.other_labels,
        "labels_fr": whole.hidden_labels,
        "broader": [each.key for each in above],
        "broader_label": [each.label for each in above],
        "narrower": [each.key for each in tree.narrower(term)],
        "definition": term.definition,
        "source": term.source,
        "exact_matches": whole.exact,
        "close_matches": whole.close,
        "url": whole.url,
    }
