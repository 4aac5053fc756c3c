"""What the admin pages of every app share: words kept as typed, and a search blind to case and accents."""

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
    """Words as printed. Browsers send a line break as two characters: what nobody changed must stay as it was."""

    default_error_messages = {"required": "Type the words as printed: a wording cannot be empty."}

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


# For ModelAdmin.formfield_overrides, of inlines too.
AS_PRINTED: dict[type[models.Field], dict[str, Any]] = {
    models.TextField: {"form_class": WordingField, "widget": AdminTextareaWidget(attrs={"rows": 4})},
    models.URLField: {"assume_scheme": "https"},
}


class CuratedAdmin(LookupAllowlistMixin):
    """The list, search and forms that curators have for every model.

    Each of `search_fields` ends in `__regex`: what was typed arrives there as patterns.
    """

    formfield_overrides = AS_PRINTED
    # Counts beside the filters cost queries: they come when asked for.
    show_facets = admin.ShowFacets.ALLOW

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What an address fills a form with; a key that is no number is none."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        related = {field.name for field in self.opts.get_fields() if field.is_relation}
        return {name: value for name, value in initial.items() if name not in related or are_primary_keys(value)}

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        patterns = [] if is_overlong(search_term) else [pattern(run) for run in search_term.split()]
        if is_overlong(search_term) or not all(patterns):
            return queryset.none(), False
        # Not by super(): the bound is that of the typed term, which its patterns may exceed.
        return admin.ModelAdmin.get_search_results(self, request, queryset, " ".join(patterns))


class ReadOnlyAdmin(CuratedAdmin):
    """The same for what the catalogue itself writes down: nobody adds, changes or deletes it by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ImmutableKeyAdmin(CuratedAdmin):
    """The same for records whose key is an address: it answers for ever, so it is typed once and never changed."""

    kept_key: list[str] = []

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *(self.kept_key if obj else [])]


def pattern(run: str) -> str:
    """Return the regular expression of a run without spaces, found inside of words too; "" when it has no word."""
    return f"{EDGE}+".join(spelt(word) for word in WORD.findall(fold(run)))


def are_primary_keys(value: Any) -> bool:
    """Whether what an address says of a relation can be the key of a record, or a list of keys."""
    return all(
        key.isascii() and key.isdecimal() and len(key) < 19 for key in ([value] if isinstance(value, str) else value)
    )


def truncate_words(text: str) -> str:
    """Return the first words of a wording, for a list."""
    return text if len(text) <= SHOWN else text[:SHOWN].rsplit(" ", 1)[0] + " …"
