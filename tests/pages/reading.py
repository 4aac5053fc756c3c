"""HTML pages parsed by BeautifulSoup, with CSS selectors and text as a browser shows it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import cast

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

# All other elements are blocks: their words do not run into those before them.
INLINE = frozenset(
    ["a", "abbr", "b", "button", "code", "del", "input", "ins", "kbd", "label", "mark", "select", "span", "sup", "svg"]
)


class Element(Tag):
    """An element of a page. All its attributes are strings, `class` too."""

    def __getitem__(self, key: str) -> str:
        return str(super().__getitem__(key))

    @property
    def classes(self) -> list[str]:
        return str(self.get("class", "")).split()

    @property
    def text(self) -> str:  # It replaces get_text(), which knows no blocks.
        """Its words, one space apart, each block on its own; without scripts and comments."""
        return " ".join("".join(self._words(" ")).split())

    @property
    def lines(self) -> list[str]:
        """Its words, a string for each block."""
        lines = "".join(self._words("\n")).split("\n")
        return [" ".join(line.split()) for line in lines if line.strip()]

    def _words(self, block: str) -> Iterator[str]:
        around = "" if self.name in INLINE else block
        yield around
        for child in self.contents:
            if isinstance(child, Element):
                yield from child._words(block)
            elif type(child) is NavigableString:  # Comments and scripts are of its subclasses.
                yield child.replace("\n", " ")
        yield around

    def all(self, selector: str) -> list["Element"]:
        """Return the elements inside that a CSS selector matches, in document order."""
        return cast(list[Element], self.select(selector))

    def one(self, selector: str) -> "Element":
        """Return the only element inside that a CSS selector matches."""
        found = self.all(selector)
        assert len(found) == 1, f"{selector} stands {len(found)} times on the page, not once"
        return found[0]

    def anchor(self, name: str) -> "Element":
        """Return the target of the fragment `#name`; an id is unique."""
        found = self.find_all(id=name)
        assert len(found) == 1, f"{len(found)} elements are called {name}"
        return cast(Element, found[0])

    def links(self) -> dict[str, str]:
        """The links inside, each address with its words."""
        return {link["href"]: link.text for link in self.all("a[href]")}


class Document(BeautifulSoup, Element):
    """A whole page."""


# Each test of `test_every_page.py` reads the pages of `kinds.py`; no test changes what was read.
@lru_cache(maxsize=64)
def read(html: str) -> Element:
    """Parse a page. html5lib, ten times slower, checks the syntax of pages and of the static export."""
    return Document(html, "html.parser", element_classes={Tag: Element}, multi_valued_attributes=None)
