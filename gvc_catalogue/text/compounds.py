"""Table of English compounds that are spelt hyphenated, open and closed: "start-ups", "start ups", "startups".

All three are read as the closed word. The words are folded. What is not in the table is two words with and without a
hyphen: "long-term" is "long term".
"""

# Prefixes that are no words of their own close up with every word that follows: "sub-contracting", "agri food".
# fmt: off
PREFIXES = frozenset([
    "agri", "agro", "astro", "bio", "eco", "electro", "geo", "hydro", "hyper", "infra", "macro", "micro", "nano",
    "neuro", "pre", "semi", "socio", "sub", "supra", "techno", "tele", "thermo",
])
# fmt: on
# They close up with every word after a hyphen; open only with the words below: "e" is a word of other languages.
HYPHENATED_PREFIXES = frozenset(["co", "e", "re"])
# They close up with a word of at least this length, because they stand before acronyms too: "non-OECD".
LOOSE_PREFIXES = frozenset(["anti", "inter", "intra", "meta", "multi", "non", "poly", "pseudo", "trans", "ultra"])
LOOSE_LENGTH = 5
# A prefix never closes up with these: "pre and post", "inter alia".
# fmt: off
NEVER_SECOND = frozenset([
    "a", "alia", "an", "and", "as", "at", "but", "by", "for", "in", "of", "on", "or", "per", "small", "than", "the",
    "to", "was", "were", "with",
])
# fmt: on

# In each line a first word, then the beginnings of second words; "=" is before a whole word.
BEGINNINGS = """
bench mark
book keep
bottle neck
brain storm
broad band
cash =flow =flows
co author creat design develop financ found fund host invest locat operat ordinat own produc sponsor work
counter measure part
cross road
crowd fund sourc
cyber crime securit space
data =bank =banks =base =bases =set =sets
e =book =books business commerce =government =governance learning =mail =mails procure service =trade trading
extra =net =nets
free lanc
green field house
hand book
head quarter
home page
intra =net =nets
key note
know =how
land mark
life cycl long style
live stock
main stream
market place
mile stone
photo voltaic
post doc grad
re examin export import insur locat negotiat organis organiz skill start structur think train us
road map show
sky =rocket
smart phone
spill over
spin =off =offs =out =outs
spread sheet
stake hold
start =up =ups
stock pil
story tell
super market vis
tool box kit
trade =mark =marks =marked
turn key
ware hous
web =page =pages =site =sites
whole sal
"""
# The same with first words that are common: here all second words are whole, and rare enough to look for.
WHOLE = """
down load loads stream turn turns
follow ups
off line shore shoring site
on going line shore site
out look reach sourced sourcing source
over heads seas
per cent
stand alone
under served valued
up dates dating graded grading scaling skilling stream
work force forces shop shops station stations
world wide
"""


def _lines(table: str) -> dict[str, tuple[str, ...]]:
    return {first: tuple(seconds) for first, *seconds in map(str.split, table.strip().splitlines())}


BY_BEGINNING, BY_WHOLE = _lines(BEGINNINGS), _lines(WHOLE)
WHOLE_SECONDS = frozenset(second for seconds in BY_WHOLE.values() for second in seconds)
FIRST_WORDS = PREFIXES | LOOSE_PREFIXES | HYPHENATED_PREFIXES | frozenset(BY_BEGINNING) | frozenset(BY_WHOLE)
# A text with none of these words has no compound that is spelt open.
TELLING = PREFIXES | LOOSE_PREFIXES | frozenset(BY_BEGINNING) | WHOLE_SECONDS


def closes_up(first: str, second: str, hyphen: bool) -> bool:
    """Return whether two folded words, in this order and with a hyphen or blanks between them, are one compound."""
    if second in NEVER_SECOND or not second[0].isalpha():
        return False
    if first in PREFIXES or (first in LOOSE_PREFIXES and len(second) >= LOOSE_LENGTH):
        return True
    if (hyphen and first in HYPHENATED_PREFIXES) or second in BY_WHOLE.get(first, ()):
        return True
    beginnings = BY_BEGINNING.get(first, ())
    return any(second == part[1:] if part[0] == "=" else second.startswith(part) for part in beginnings)
