"""What a page says of how it is cited."""

from dataclasses import dataclass

from .apa import apa
from .reference import Reference
from .tags import citation_tags


@dataclass(frozen=True)
class Cite:
    """The reference to a page, the addresses of its files, and of a list those of all that it lists."""

    reference: Reference
    bibtex: str
    ris: str
    each_bibtex: str = ""
    each_ris: str = ""

    @property
    def what(self) -> str:
        """What the page shows: a record, a list, or itself."""
        return self.reference.kind.value

    @property
    def apa(self) -> str:
        return apa(self.reference)

    @property
    def tags(self) -> list[dict[str, str]]:
        """The meta tags of the page's head, for `each`."""
        return [{"name": name, "content": content} for name, content in citation_tags(self.reference)]
