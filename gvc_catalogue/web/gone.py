"""410 Gone: the exception for addresses of records that were withdrawn or deleted."""

from django.http import Http404


class GoneError(Http404):
    """410 Gone: the record of this address was removed from the catalogue; the message has the date and reason."""

    status = 410
