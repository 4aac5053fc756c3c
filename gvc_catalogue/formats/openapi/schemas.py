"""JSON Schema of Python types: each TypedDict is a component with the name and the docstring of its class."""

from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints, is_typeddict

Schema = dict[str, Any]

PLAIN = {str: "string", int: "integer", bool: "boolean", NoneType: "null"}


class Schemas:
    """Collector of the OpenAPI component schemas that are referred to."""

    def __init__(self) -> None:
        self.components: dict[str, Schema] = {}

    def of(self, kind: Any) -> Schema:
        """Return the JSON Schema of a type, a `$ref` for a component. Raises TypeError for unsupported types."""
        origin, args = get_origin(kind) or kind, get_args(kind)
        if origin in PLAIN:
            return {"type": PLAIN[origin]}
        if origin in (list, tuple):
            return {"type": "array", "items": self.of(args[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.of(args[1])}
        if origin in (Union, UnionType):
            return either([self.of(arg) for arg in args])
        if is_typeddict(origin):
            return self._object(origin, args) if args else self._component(origin)
        raise TypeError(f"{kind} has no JSON Schema.")

    def _component(self, kind: Any) -> Schema:
        name = kind.__name__.removesuffix("Record")
        if name not in self.components:
            self.components[name] = {}  # The type may be recursive.
            self.components[name] = self._object(kind, ())
        return {"$ref": f"#/components/schemas/{name}"}

    def _object(self, kind: Any, args: tuple[Any, ...]) -> Schema:
        named = dict(zip(getattr(kind, "__parameters__", ()), args, strict=True))
        fields = {name: filled(hint, named) for name, hint in get_type_hints(kind).items()}
        return {
            "type": "object",
            "description": " ".join((kind.__doc__ or "").split()),
            "properties": {name: self.of(field) for name, field in fields.items()},
            "required": list(fields),
        }


def filled(hint: Any, named: dict[TypeVar, Any]) -> Any:
    """Return a type hint with its type variables replaced by types (generics)."""
    parameters = getattr(hint, "__parameters__", ())
    return hint[tuple(named[parameter] for parameter in parameters)] if parameters else hint


def either(schemas: list[Schema]) -> Schema:
    """Return the JSON Schema of a union: a list of types where all are plain, otherwise `anyOf`."""
    if all(list(schema) == ["type"] for schema in schemas):
        return {"type": [schema["type"] for schema in schemas]}
    return {"anyOf": schemas}
