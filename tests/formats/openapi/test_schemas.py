"""JSON Schemas of Python types."""

from typing import Any, Generic, TypedDict, TypeVar

import pytest

from gvc_catalogue.formats.openapi.schemas import Schemas

Thing = TypeVar("Thing")


class PlaceRecord(TypedDict):
    """A place,
    with its name."""

    name: str
    above: "PlaceRecord | None"


class Box(TypedDict, Generic[Thing]):
    """Things."""

    count: int
    things: list[Thing]


@pytest.mark.parametrize(
    ("kind", "schema"),
    [
        (str, {"type": "string"}),
        (int, {"type": "integer"}),
        (bool | None, {"type": ["boolean", "null"]}),
        (list[int], {"type": "array", "items": {"type": "integer"}}),
        (tuple[str, ...], {"type": "array", "items": {"type": "string"}}),
        (
            dict[str, list[bool]],
            {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "boolean"}}},
        ),
    ],
)
def test_plain_types_and_their_lists(kind: Any, schema: dict[str, Any]) -> None:
    assert Schemas().of(kind) == schema


def test_a_record_is_a_component_named_and_described_by_its_class() -> None:
    schemas, reference = Schemas(), {"$ref": "#/components/schemas/Place"}
    assert schemas.of(list[PlaceRecord]) == {"type": "array", "items": reference}
    assert schemas.components["Place"] == {
        "type": "object",
        "description": "A place, with its name.",
        "properties": {"name": {"type": "string"}, "above": {"anyOf": [reference, {"type": "null"}]}},
        "required": ["name", "above"],
    }


def test_a_list_of_any_record_is_filled_in_where_it_stands() -> None:
    schemas = Schemas()
    assert schemas.of(Box[PlaceRecord])["properties"]["things"]["items"] == {"$ref": "#/components/schemas/Place"}
    assert schemas.of(Box[int])["properties"]["things"]["items"] == {"type": "integer"}
    assert list(schemas.components) == ["Place"]


def test_what_json_cannot_say_is_an_error() -> None:
    with pytest.raises(TypeError, match="complex"):
        Schemas().of(complex)
