"""Verification of what became of the programmes: evidence, and the counts of the research of November 2026.

Curators go on from the research, so another count is a difference, not a fault.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from programmes.models import Link, LinkKind, Programme, Status
from programmes.models.status import evidence_contradictions, status_contradictions

from .findings import Finding, count_differences

# The programmes of the annex by status and certainty, in the order of the research.
STATUSES = (Status.RUNNING, Status.ENDED, Status.RENAMED, Status.MERGED, Status.UNKNOWN)
BY_CERTAINTY = {
    ("running", "stated"): 9,
    ("running", "inferred"): 6,
    ("ended", "stated"): 5,
    ("ended", "inferred"): 5,
    ("renamed", "stated"): 1,
    ("renamed", "inferred"): 6,
    ("merged", "stated"): 2,
    ("merged", "inferred"): 2,
    ("unknown", ""): 31,
}
# Links of each kind, and the programmes that have one.
BY_KIND = {"official": (44, 33), "archived": (19, 16), "evaluation": (21, 17), "description": (75, 42)}
# By country, "" for none: programmes by STATUSES, then links by LinkKind.
BY_COUNTRY = {
    "AU": (4, 0, 0, 0, 1, 9, 2, 1, 4),
    "AT": (1, 1, 0, 0, 2, 4, 0, 1, 4),
    "BN": (1, 0, 0, 0, 3, 0, 1, 0, 6),
    "CA": (2, 1, 0, 0, 0, 4, 2, 4, 3),
    "CZ": (0, 2, 0, 0, 1, 2, 2, 0, 0),
    "FR": (0, 1, 0, 0, 0, 0, 2, 0, 2),
    "GR": (0, 1, 1, 0, 0, 1, 2, 0, 3),
    "HK": (0, 0, 0, 0, 1, 0, 0, 0, 5),
    "IN": (0, 0, 0, 0, 1, 0, 0, 0, 1),
    "JP": (2, 1, 0, 0, 6, 5, 2, 4, 5),
    "KE": (0, 1, 0, 0, 0, 1, 0, 1, 0),
    "MY": (1, 0, 0, 0, 1, 1, 0, 1, 3),
    "MX": (1, 0, 0, 1, 6, 1, 0, 2, 9),
    "NZ": (1, 0, 0, 0, 3, 0, 2, 4, 6),
    "PL": (0, 1, 0, 0, 0, 0, 0, 1, 1),
    "PT": (1, 1, 0, 0, 1, 2, 2, 0, 8),
    "SK": (1, 0, 0, 1, 0, 3, 0, 1, 4),
    "TR": (0, 0, 5, 0, 0, 6, 1, 0, 6),
    "GB": (0, 0, 0, 0, 1, 0, 0, 0, 0),
    "US": (0, 0, 0, 0, 1, 0, 0, 0, 0),
    "VN": (0, 0, 0, 0, 1, 0, 0, 0, 0),
    "": (0, 0, 1, 2, 2, 5, 1, 1, 5),
}
RESEARCH = "the research of November 2026"


def status_findings() -> list[Finding]:
    """Return the findings on evidence and certainty of all programmes, and on the counts of the annex. Five queries."""
    programmes = Programme.objects.exclude(evidence="", certainty="").prefetch_related("links")
    return [
        Finding("evidence and certainty", len(programmes), list(_contradictions(programmes))),
        count_differences("counts of status and links", _counts(), RESEARCH),
    ]


def _contradictions(programmes: Iterable[Programme]) -> Iterator[str]:
    """Yield a sentence for each programme whose evidence is none of its links, or whose certainty is of nothing."""
    for programme in programmes:
        urls = {link.url for link in programme.links.all()}
        wrong = [*evidence_contradictions(programme.evidence, urls)]
        wrong += status_contradictions(programme.status, programme.certainty)
        for field, sentence in wrong:
            yield f"programme {programme.slug}, {field}: {sentence}"


def _counts() -> Iterator[tuple[str, int, int]]:
    """Yield a label, the number in the catalogue, and that of the research, of the programmes of the annex."""
    annex = Programme.objects.filter(examples__source=None, examples__isnull=False).order_by().values("pk")
    rows = list(Programme.objects.filter(pk__in=annex).values_list("pk", "status", "certainty", "countries__code"))
    links = list(Link.objects.filter(programme__in=annex).values_list("programme", "kind"))
    certain = Counter({pk: (status, certainty) for pk, status, certainty, _ in rows}.values())
    for pair, due in BY_CERTAINTY.items():
        yield " ".join(filter(None, pair)), certain[pair], due
    for kind, (number, programmes) in BY_KIND.items():
        having = [programme for programme, its in links if its == kind]
        yield f"links of the kind {kind}", len(having), number
        yield f"programmes with a link of the kind {kind}", len(set(having)), programmes
    countries = {pk: code or "" for pk, _, _, code in rows}
    found = Counter((countries[pk], status) for pk, status, _, _ in rows)
    found.update((countries[programme], kind) for programme, kind in links)
    for code, numbers in BY_COUNTRY.items():
        for key, due in zip((*STATUSES, *LinkKind), numbers, strict=True):
            yield f"{key} in {code or 'no country'}", found[code, key.value], due
