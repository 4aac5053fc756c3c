"""What may be asked of the list of programmes."""

from dataclasses import fields
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from gvc_catalogue.text.tokens import terms
from gvc_catalogue.web.filters import CatalogueFilter, KeysFilter

from ..models import Programme
from .facet_definitions import DEFINITIONS
from .list_query import SORTS, ListQuery

LONGEST_SEARCH = 300
# Each word costs a set operation on the index.
MOST_WORDS = 30
# Inside of phrases too. One sign of Arabic is four words, so that the length alone does not tell.
MOST_WORDS_IN_PHRASES = 60
ASKED = [field.name for field in fields(ListQuery)]


def few_words(q: str) -> None:
    """Raise ValidationError when a search asks for more words than the index answers at once."""
    found = terms(q)
    for number, most in ((len(found), MOST_WORDS), (sum(len(term.words) for term in found), MOST_WORDS_IN_PHRASES)):
        if number > most:
            raise ValidationError(f"The search has {number} words; at most {most} are possible.")


class ProgrammeFilter(CatalogueFilter):
    """The list's query string. Several values of a facet mean any of them; different facets mean all of them."""

    q = django_filters.CharFilter(
        help_text="Words, of which each must be found; “quoted words” are a phrase; a word after a minus is excluded.",
        validators=[
            MaxLengthValidator(
                LONGEST_SEARCH,
                "The search has %(show_value)d characters; at most %(limit_value)d are possible.",
            ),
            few_words,
        ],
    )
    sort = django_filters.ChoiceFilter(
        choices=list(SORTS.items()),
        help_text="The order; without it by relevance where words are asked for, else by name.",
        error_messages={
            "invalid_choice": f"There is no order “%(value)s”; possible are {', '.join(SORTS)}.",
        },
    )

    class Meta:
        model = Programme
        fields: list[str] = []

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        """Return the filters in the order of the API's description: words, facets, then the others."""
        declared = super().get_filters()
        facets = {f.name: KeysFilter(field_name=f.name, noun=f.noun) for f in DEFINITIONS}
        return {"q": declared.pop("q"), **facets, **declared}

    @property
    def selection(self) -> ListQuery:
        """What is asked, once `is_valid()` said yes."""
        asked: dict[str, Any] = self.form.cleaned_data
        values: dict[str, Any] = {n: tuple(v) if isinstance(v := asked[n], list) else v or "" for n in ASKED}
        return ListQuery(**values)

    @property
    def known_selection(self) -> ListQuery:
        """What is left of it without the values that do not exist."""
        words: dict[str, Any] = {name: v for name, v in self.form.cleaned_data.items() if isinstance(v, str)}
        kept: dict[str, Any] = {name: words[name] for name in words.keys() & set(ASKED)}
        kept |= {name: tuple(dict.fromkeys(keys)) for name, keys in self.known().items()}
        return ListQuery(**kept)
