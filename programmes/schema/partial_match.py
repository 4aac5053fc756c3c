"""Schema of partial matches (TypedDict): the record of a programme with the words of a search that it has and lacks."""

from typing import TYPE_CHECKING, Any, TypedDict, get_type_hints

from .records import ProgrammeRecord

# mypy does not support a TypedDict with computed keys.
if TYPE_CHECKING:
    PartialMatchRecord = dict[str, Any]
else:
    # "in" is a keyword, which a class cannot have as a key.
    PartialMatchRecord = TypedDict(
        "PartialMatch",
        {**get_type_hints(ProgrammeRecord), "has": list[str], "lacks": list[str], "in": str},
    )
    PartialMatchRecord.__doc__ = """A programme with some of the words of a search.

    `has` and `lacks` are the words that it has and lacks, in the order of the search, names by their label. `in` is
    `recommendation` if it has one of them only in the long wording of its recommendation, otherwise `own`; in the first
    case `lacks` can be empty.
    """
