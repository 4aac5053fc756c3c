"""What the tests cite, and texts that a curator might type."""

from datetime import date

from hypothesis import strategies as st

from gvc_catalogue.formats.citations import Kind, Reference

PROGRAMME = Reference(
    kind=Kind.RECORD,
    key="programme:market-development-assistance",
    title="Market Development Assistance",
    url="https://gvc.example/programmes/market-development-assistance/",
    authors=("GVC Policy Catalogue",),
    published=date(2026, 9, 1),
    publisher="GVC Policy Catalogue",
    accessed=date(2026, 10, 12),
    version=7,
    note="Quotes the annex.",
    abstract="“Grants” for 50% of the costs & more.",
    keywords=("Malaysia", "trade fairs"),
)
STATEMENT = Reference(
    kind=Kind.DOCUMENT,
    key="source:annex",
    title="OECD Tokyo Action Statement",
    url="https://oecd.example/statement.pdf",
    authors=("Organisation for Economic Co-operation and Development",),
    published=date(2007, 6, 1),
)
BARE = Reference(kind=Kind.PAGE, key="page:about", title="About", url="https://gvc.example/about/")

# What stays as it is on one line; what LaTeX, BibTeX and RIS take for their own stands out among it.
SPECIAL = ["\\", "{", "}", "}}", "@misc{", "--", "``", "''", ",,", "?`", "#$%&_^~<>|", '"', "\\end", "ER  - ", "TY  - "]
TEXTS = (
    st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1) | st.sampled_from(SPECIAL), max_size=8)
    .map(" ".join)
    .map(lambda text: " ".join(text.split()))
)
# The same with everything that Python can hold.
ANYTHING = st.text() | st.text(st.characters(categories=["Cc", "Cs", "Zl", "Zp", "Zs"])) | TEXTS
