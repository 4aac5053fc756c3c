"""Citations of a programme, a country's profile, and a list of programmes."""

from django.urls import reverse

from gvc_catalogue.formats.citations import Kind, Reference
from gvc_catalogue.formats.citations.site import own_reference
from gvc_catalogue.formats.publisher import CitedRevision
from gvc_catalogue.web.querystring import Pairs, address

from ..models import Country
from ..schema.records import ProgrammeRecord
from ..search.facet_choices import ListView, describe_filters


def programme_reference(record: ProgrammeRecord, root: str, stamp: CitedRevision) -> Reference:
    """Return the reference to a programme's record; `root` is the scheme and host of its URL."""
    served = (f"{r['number']} {r['title']}" for r in record["recommendations"])
    return own_reference(
        stamp,
        Kind.RECORD,
        f"programme:{record['slug']}",
        record["name"],
        f"{root}{record['url']}",
        note="; ".join(f"{e['source']}: {e['place']}" for e in record["examples"]),
        abstract=" ".join(f"“{e['text']}”" for e in record["examples"]),
        keywords=(*(c["name"] for c in record["countries"]), record["provider"]["name"], *served),
    )


def country_reference(country: Country, root: str, stamp: CitedRevision) -> Reference:
    """Return the reference to a country's profile."""
    url = f"{root}{country.get_absolute_url()}"
    return own_reference(stamp, Kind.PAGE, f"country:{country.code}", country.name, url)


def list_reference(view: ListView, total: int, root: str) -> Reference:
    """Return the reference to a list as a whole, with the URL whose query string reproduces it."""
    pairs = view.selection.pairs
    return _list(list_title(view), address(f"{root}{view.path}", pairs), pairs, total, view.edition.stamp)


def all_reference(total: int, root: str, stamp: CitedRevision) -> Reference:
    """Return the reference to the list of all programmes; `total` is their number."""
    return _list("Programmes", f"{root}{reverse('programmes:list')}", (), total, stamp)


def _list(title: str, url: str, pairs: Pairs, total: int, stamp: CitedRevision) -> Reference:
    note = f"{total:,} programme{'' if total == 1 else 's'}"
    return own_reference(stamp, Kind.LIST, address("programmes", pairs), title, url, note=note)


def list_title(view: ListView) -> str:
    """Return the title of a list: "Programmes in Japan"."""
    return f"Programmes {describe_filters(view)}".strip()
