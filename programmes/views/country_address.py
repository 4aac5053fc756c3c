"""Country of an address: views of one country, as page, file or API, look it up by its code in the same way."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from ..search.catalogue_snapshot import CatalogueSnapshot


def of_country(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Pass the country with the code of the address, and the snapshot that it is from, to a view. No query.

    A code that is not in capitals redirects permanently to the same address in capitals. Raises Http404 for an unknown
    code.
    """

    @wraps(view)
    def answered(request: HttpRequest, code: str, **more: Any) -> HttpResponseBase:
        edition = CatalogueSnapshot.now()
        country = edition.vocabulary.countries.get(code.upper())
        if country is None:
            raise Http404(f"There is no country or economy “{code}” in the catalogue.")
        if code != country.code and request.resolver_match:
            return redirect(request.resolver_match.view_name, code=country.code, permanent=True)
        return view(request, country, edition, **more)

    return answered
