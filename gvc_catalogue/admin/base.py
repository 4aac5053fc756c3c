"""ModelAdmin bases for all apps: verbatim text fields, and a changelist search that ignores case and accents."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.http import HttpRequest

from gvc_catalogue.text.folding import fold
from gvc_catalogue.text.tokens import EDGE, WORD, spelt

from .lookup_allowlist import LookupAllowlistMixin, is_overlong

SHOWN = 90


class WordingField(forms.CharField):
    """Form field for verbatim text. CRLF line breaks of browsers become LF, so that unedited text stays unchanged."""

    default_error_messages = {"required": "Type the words as printed: a wording cannot be empty."}

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


# For `formfield_overrides` of ModelAdmins and inlines.
AS_PRINTED: dict[type[models.Field], dict[str, Any]] = {
    models.TextField: {"form_class": WordingField, "widget": AdminTextareaWidget(attrs={"rows": 4})},
    models.URLField: {"assume_scheme": "https"},
}


class CuratedAdmin(LookupAllowlistMixin):
    """Base ModelAdmin of all models that curators edit: changelist, search and forms.

    Each of `search_fields` ends in `__regex`: the words of a search term are passed to it as regular expressions.
    """

    formfield_overrides = AS_PRINTED
    # Facet counts of filters cost queries: they are computed only on request.
    show_facets = admin.ShowFacets.ALLOW

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the initial values from the query string of an add form, without relations that have no valid key."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        related = {field.name for field in self.opts.get_fields() if field.is_relation}
        return {name: value for name, value in initial.items() if name not in related or are_primary_keys(value)}

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        patterns = [] if is_overlong(search_term) else [pattern(run) for run in search_term.split()]
        if is_overlong(search_term) or not all(patterns):
            return queryset.none(), False
        # Not by super(): the length limit applies to the search term, and the patterns may be longer.
        return admin.ModelAdmin.get_search_results(self, request, queryset, " ".join(patterns))


class ReadOnlyAdmin(CuratedAdmin):
    """CuratedAdmin without permission to add, change or delete, for records that the catalogue writes itself."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ImmutableKeyAdmin(CuratedAdmin):
    """CuratedAdmin with an immutable key: the fields of `kept_key` are part of permanent URLs, read-only once saved."""

    kept_key: list[str] = []

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *(self.kept_key if obj else [])]


def pattern(run: str) -> str:
    """Return the regular expression for a term without spaces; it also matches inside words; "" when it has no word."""
    return f"{EDGE}+".join(spelt(word) for word in WORD.findall(fold(run)))


def are_primary_keys(value: Any) -> bool:
    """Return whether an initial value of a relation, a text or a list of texts, can be primary keys."""
    return all(
        key.isascii() and key.isdecimal() and len(key) < 19 for key in ([value] if isinstance(value, str) else value)
    )


def truncate_words(text: str) -> str:
    """Return a text truncated at a word boundary to SHOWN characters, for a changelist."""
    return text if len(text) <= SHOWN else text[:SHOWN].rsplit(" ", 1)[0] + " …"
