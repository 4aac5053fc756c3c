"""Every text that a field takes is saved as it is, on either database; so are the columns that are derived from it."""

import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import from_field

from gvc_catalogue.database.fields import LONGEST_INDEXED, FoldedField
from gvc_catalogue.text.folding import GROWTH, fold
from programmes.models import Country, Programme
from tests.factories import make_country, make_programme

pytestmark = pytest.mark.django_db

OURS = ("programmes", "recommendations", "history", "text_index")
VALUES: dict[type[models.Field], Any] = {
    models.DateField: date(2007, 6, 1),
    models.DateTimeField: timezone.now(),
    models.JSONField: {},
    models.UUIDField: "0" * 32,
}


def characters() -> Iterator[str]:
    """Every character but the halves of pairs."""
    return (chr(number) for number in range(sys.maxunicode + 1) if not 0xD800 <= number <= 0xDFFF)


@cache
def growing() -> list[str]:
    """The characters that folding makes longer."""
    return [one for one in characters() if len(fold(one)) > 1]


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


def text_fields() -> Iterator[Any]:
    """Each column of free text; those with choices hold one of them."""
    for model in own_models():
        for field in model._meta.concrete_fields:
            of_text = isinstance(field, models.CharField | models.TextField) and not field.choices
            if of_text and not isinstance(field, FoldedField):
                yield pytest.param(model, field, id=f"{model._meta.model_name}.{field.name}")


def folded_fields() -> list[Any]:
    return [field for model in own_models() for field in model._meta.fields if isinstance(field, FoldedField)]


def record_of(model: Any) -> Any:
    """Any record of a model: the first one, else one with what it needs."""
    if found := model._default_manager.first():
        return found
    needed = [f for f in model._meta.concrete_fields if not (f.null or f.has_default() or f.primary_key)]
    return model._default_manager.create(**{field.name: value_of(field) for field in needed})


def value_of(field: Any) -> Any:
    if field.is_relation:
        return record_of(field.related_model)
    if field.choices:
        return field.choices[0][0]
    return VALUES.get(type(field), "" if isinstance(field, models.CharField | models.TextField) else 1)


def texts(field: Any) -> st.SearchStrategy[str]:
    """Values of a field: arbitrary ones, and the longest of every kind of characters, growing ones above all."""
    longest = field.max_length or 3_000
    letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    some = st.text(letters | st.sampled_from(growing()), min_size=1, max_size=8)
    long = st.sampled_from(growing()) | some
    return long.map(lambda text: (text * longest)[:longest]) | from_field(field)


@pytest.mark.parametrize(("model", "field"), list(text_fields()))
@settings(max_examples=20)
@given(data=st.data())
def test_every_text_that_a_field_takes_is_saved_as_it_is(model: Any, field: Any, data: st.DataObject) -> None:
    value = data.draw(texts(field))
    with transaction.atomic():
        record = record_of(model)
        setattr(record, field.name, value)
        try:
            field.clean(value, record)
            record.validate_unique()
            record.validate_constraints()
        except ValidationError:
            return
        record.save()
        assert getattr(model._default_manager.get(pk=record.pk), field.name) == value
        transaction.set_rollback(True)


def test_folding_makes_no_character_longer_than_is_known() -> None:
    assert max(len(fold(one)) for one in characters()) == GROWTH


@pytest.mark.parametrize("field", folded_fields(), ids=str)
def test_a_folded_column_holds_the_worst_case_or_as_much_as_an_index_takes(field: Any) -> None:
    worst = GROWTH * field.model._meta.get_field(field.source).max_length
    indexed = field.db_index or field.unique or any(field.name in index.fields for index in field.model._meta.indexes)
    assert field.max_length == (min(LONGEST_INDEXED, worst) if indexed else worst)


@given(st.deferred(lambda: st.lists(st.sampled_from(growing()), min_size=200, max_size=200)).map("".join))
@settings(max_examples=20)
def test_a_name_that_grows_is_found_by_its_folded_form(name: str) -> None:
    with transaction.atomic():
        make_programme("grown", name=name)
        make_country("QQ", name=name[:100])
        assert Programme.objects.filter(sort_name=fold(name)).get().slug == "grown"
        assert Country.objects.get(sort_name=fold(name[:100])).code == "QQ"
        transaction.set_rollback(True)
