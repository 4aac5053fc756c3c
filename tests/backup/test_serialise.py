"""Whatever kind of field a model has, its values are the same after a backup."""

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, models
from django.utils.timezone import get_fixed_timezone
from hypothesis import given
from hypothesis import strategies as st

from gvc_catalogue.backup.serialise import stored, written

MOMENT = datetime(2026, 11, 25, 12, 0, 0, 123456, get_fixed_timezone(90))
VALUES: list[tuple[models.Field, Any]] = [
    (models.DateTimeField(), MOMENT),
    (models.DateField(), date(1, 1, 1)),
    (models.TimeField(), time(23, 59, 59, 999999)),
    (models.DurationField(), timedelta(days=-1, microseconds=1)),
    (models.DecimalField(max_digits=20, decimal_places=10), Decimal("-1234567890.0123456789")),
    (models.UUIDField(), UUID(int=7)),
    (models.BinaryField(), b"\x00\xff\n"),
    (models.BooleanField(), False),
    (models.BigIntegerField(), -(2**63)),
    (models.FloatField(), 0.1),
    (models.TextField(), "\u2028 \\N \t\n"),
    (models.CharField(null=True), None),
    (models.JSONField(), {"a": [1, None, "ü", {"b": "2020-01-01"}]}),
    (models.JSONField(), "a text"),
    (models.JSONField(null=True), None),
    (models.GenericIPAddressField(), "::1"),
]


@pytest.mark.parametrize(("field", "value"), VALUES, ids=lambda one: type(one).__name__)
def test_a_value_goes_into_the_database_as_if_it_had_never_left(field: models.Field, value: Any) -> None:
    back = stored(field, json.loads(written([value]))[0], connection)
    assert plain(back) == plain(field.get_db_prep_save(value, connection))


def plain(value: Any) -> Any:
    """What a database is given, in a form that can be compared."""
    if isinstance(value, memoryview | bytes):
        return bytes(value)
    return getattr(value, "obj", value)


def test_a_null_of_json_stays_one_where_the_column_takes_no_other() -> None:
    assert stored(models.JSONField(), None, connection) is not None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_a_row_is_one_line(value: Any) -> None:
    line = written([value])
    assert "\n" not in line
    assert json.loads(line) == [value]


def test_what_no_field_gives_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot hold a set"):
        written([{1}])
