"""What a view says of itself beside its docstring: what it answers, and what may be asked of it."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from gvc_catalogue.web.filters import CatalogueFilter

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Description:
    """`answer` is the type of the JSON, `asked` declares the query string, `paged` adds `page` to it.

    `moves` says that what was renamed redirects, `places` what the parts of the address that vary stand for; `words`
    are the view's docstring.
    """

    name: str
    words: str
    answer: Any
    asked: type[CatalogueFilter] | None = None
    paged: bool = False
    moves: bool = False
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def summary(self) -> str:
        """The first sentence, without its full stop."""
        return self.words.partition("\n")[0].rstrip(".")


DESCRIBED: dict[Callable[..., Any], Description] = {}


def documented(answer: Any, **more: Any) -> Callable[[View], View]:
    """Return a decorator that keeps this description of a view; `more` are the fields of Description."""

    def describe(view: View) -> View:
        name = getattr(view, "__name__", "").partition("_")[0]
        DESCRIBED[view] = Description(name, inspect.getdoc(view) or "", answer, **more)
        return view

    return describe
