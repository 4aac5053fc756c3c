"""A page taken apart: elements found by a short selector, and their words as a reader sees them.

A selector is a tag, `.class` and `[attribute]` or `[attribute=value]` together, and spaces mean "inside".
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset(["br", "circle", "hr", "img", "input", "link", "meta", "path", "rect"])
# All else begins a line of its own: its words do not run into those before it.
INLINE = frozenset(
    ["a", "abbr", "b", "button", "code", "del", "input", "ins", "kbd", "label", "mark", "select", "span", "sup", "svg"]
)
PARTS = re.compile(r"\[[^\]]+\]|\.?[\w-]+")


class Element:
    """An element of a page."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: "Element | None") -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Element | str] = []

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def __repr__(self) -> str:
        return f"<{self.tag} {self.attributes}> {self.text[:60]}"

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """Its words, one space apart, each block on its own."""
        return " ".join("".join(self._words()).split())

    @property
    def lines(self) -> list[str]:
        """Its words, a string for each block."""
        lines = "".join(self._words(block="\n")).split("\n")
        return [" ".join(line.split()) for line in lines if line.strip()]

    def _words(self, block: str = " ") -> Iterator[str]:
        if self.tag == "script":  # Data for programs.
            return
        around = "" if self.tag in INLINE else block
        yield around
        for child in self.children:
            if isinstance(child, Element):
                yield from child._words(block)
            else:
                yield child.replace("\n", " ")
        yield around

    def inside(self) -> Iterator["Element"]:
        """Everything inside, in the order of the page."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.inside()

    def around(self) -> Iterator["Element"]:
        """Everything around it, from near to far."""
        if self.parent:
            yield self.parent
            yield from self.parent.around()

    def all(self, selector: str) -> list["Element"]:
        """What the selector finds inside."""
        *outer, last = selector.split()
        found = [element for element in self.inside() if element.fits(last)]
        for part in reversed(outer):
            found = [element for element in found if any(near.fits(part) for near in element.around())]
        return found

    def one(self, selector: str) -> "Element":
        """The only one that the selector finds."""
        found = self.all(selector)
        assert len(found) == 1, f"{selector} stands {len(found)} times on the page, not once"
        return found[0]

    def anchor(self, name: str) -> "Element":
        """What an address with # and this name leads to; no other may have the name."""
        found = [element for element in self.inside() if element.attributes.get("id") == name]
        assert len(found) == 1, f"{len(found)} elements are called {name}"
        return found[0]

    def fits(self, selector: str) -> bool:
        """Whether it is what a selector without spaces says."""
        return all(self._has(part[0], part.strip(".[]")) for part in PARTS.findall(selector))

    def _has(self, sign: str, name: str) -> bool:
        match sign:
            case ".":
                return name in self.classes
            case "[":
                attribute, _, value = name.partition("=")
                return attribute in self.attributes and value in ("", self[attribute])
        return name == self.tag

    def links(self) -> dict[str, str]:
        """The links inside, each address with its words."""
        return {link["href"]: link.text for link in self.all("a[href]")}


class Reader(HTMLParser):
    """Builds the elements; a tag that closes what was not open is an error."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {}, None)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open[-1])
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open[-1])
        self.open[-1].children.append(element)

    def handle_endtag(self, tag: str) -> None:
        closed = self.open.pop()
        assert closed.tag == tag, f"</{tag}> where <{closed.tag}> is open"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str) -> Element:
    """Take a page apart. Every element must be closed, in order."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is never closed"
    return reader.open[0]
