"""Link rewriting in HTML pages, which also removes elements that need a server or scripts (static export)."""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

# Elements that only work with a server or with scripts: removed with their content.
LEFT_OUT = {"form", "search", "script", "select", "button", "label"}
VOID = {"meta", "link", "input", "br", "hr", "img"}
LINK = re.compile(r'\b(href|src|cite)="([^"]*)"')

# Function from an address on the page to the new address, or None to remove the link.
Relink = Callable[[str], str | None]


def rewrite_links(page: str, relink: Relink) -> str:
    """Return an HTML page with each link replaced by `relink`; a link for which it returns None becomes plain text."""
    parser = LinkRewriter(relink)
    parser.feed(page)
    parser.close()
    return "".join(parser.parts)


class LinkRewriter(HTMLParser):
    """HTML parser that copies its input unchanged, except for links and removed elements."""

    def __init__(self, relink: Relink) -> None:
        super().__init__(convert_charrefs=False)
        self.relink = relink
        self.parts: list[str] = []
        self.left_out = 0
        self.anchors: list[bool] = []

    def write(self, text: str) -> None:
        if not self.left_out:
            self.parts.append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LEFT_OUT:
            self.left_out += 1
        text = self.get_starttag_text() or ""
        new = self.with_links(text) if LINK.search(text) and not self.left_out else text
        if tag == "a":
            self.anchors.append(new is not None)
        if new is not None and tag != "input":
            self.write(new)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        new = self.with_links(self.get_starttag_text() or "")
        self.write(new or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and (tag != "a" or self.anchors.pop()):
            self.write(f"</{tag}>")
        if tag in LEFT_OUT:
            self.left_out -= 1

    def with_links(self, text: str) -> str | None:
        """Return a start tag with its links replaced; None to remove the tag, where `relink` returns None.

        A `cite` attribute without a new address becomes empty instead.
        """
        for name, link in LINK.findall(text):
            new = self.relink(link)
            if new is None:
                if name != "cite":
                    return None
                new = ""
            text = text.replace(f'{name}="{link}"', f'{name}="{escape(new)}"')
        return text

    def handle_data(self, data: str) -> None:
        self.write(data)

    def handle_entityref(self, name: str) -> None:
        self.write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.write(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.write(f"<!{decl}>")
