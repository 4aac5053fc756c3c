"""OpenAPI decorator of views: response type and parameters, in addition to the docstring."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from gvc_catalogue.web.filters import CatalogueFilter

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Description:
    """OpenAPI description of a view.

    `name` is the operation's name, the view's up to the first underscore. `words` is the view's docstring. `answer` is
    the type of the JSON response. `asked` is the filter class of the query string, `paged` adds the parameter `page`.
    `moves` marks a view that redirects renamed records. `places` describes the path parameters by name.
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
        """Return the first line of the docstring, without its full stop."""
        return self.words.partition("\n")[0].rstrip(".")


DESCRIBED: dict[Callable[..., Any], Description] = {}


def documented(answer: Any, **more: Any) -> Callable[[View], View]:
    """Return a decorator that registers the OpenAPI description of a view; `more` are fields of Description."""

    def describe(view: View) -> View:
        name = getattr(view, "__name__", "").partition("_")[0]
        DESCRIBED[view] = Description(name, inspect.getdoc(view) or "", answer, **more)
        return view

    return describe
