"""Citations of a recommendation and of a list of recommendations."""

from gvc_catalogue.formats.citations import Kind, Reference
from gvc_catalogue.formats.citations.site import own_reference
from gvc_catalogue.formats.publisher import STATEMENT, CitedRevision
from gvc_catalogue.web.querystring import Pairs, address

from .models import Recommendation


def recommendation_reference(recommendation: Recommendation, root: str, stamp: CitedRevision) -> Reference:
    """Return the reference to a recommendation's record. No query if its category is loaded, else one."""
    return own_reference(
        stamp,
        Kind.RECORD,
        f"recommendation:{recommendation.number}",
        f"Recommendation {recommendation}",
        f"{root}{recommendation.get_absolute_url()}",
        note=f"{STATEMENT}, 1 June 2007: {recommendation.category.name_in_statement}",
        abstract=f"“{recommendation.text}”",
        keywords=(str(recommendation.category),),
    )


def list_reference(path: str, pairs: Pairs, title: str, total: int, stamp: CitedRevision) -> Reference:
    """Return the reference to a list as a whole; `path` is the absolute URL of the list, without query string."""
    note = f"{total} recommendation{'' if total == 1 else 's'}"
    return own_reference(stamp, Kind.LIST, address("recommendations", pairs), title, address(path, pairs), note=note)
