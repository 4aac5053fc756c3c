"""Citation block of a page: its reference, its citation files and its meta tags."""

from dataclasses import dataclass

from .apa import apa
from .reference import Reference
from .tags import citation_tags


@dataclass(frozen=True)
class Cite:
    """Citation of a page: its reference, and the URLs of its BibTeX and RIS files.

    `each_bibtex` and `each_ris` are the URLs of the files with all records of a list; "" for other pages.
    """

    reference: Reference
    bibtex: str
    ris: str
    each_bibtex: str = ""
    each_ris: str = ""

    @property
    def what(self) -> str:
        """Return the kind of the page as a word for the template: "record", "list", "page" or "document"."""
        return self.reference.kind.value

    @property
    def apa(self) -> str:
        return apa(self.reference)

    @property
    def tags(self) -> list[dict[str, str]]:
        """Return the citation meta tags of the page's head: name and content of each, for the loop of the template."""
        return [{"name": name, "content": content} for name, content in citation_tags(self.reference)]
