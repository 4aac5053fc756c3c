"""British and American spellings of English words: every spelling is read as the British one with -ise.

-ise is the better base: the stemmer takes "commercialization" for a form of "commercial", "commercialisation" not.
"""

import re

# -ize, -yze and their forms, after at least two letters.
ENDING = re.compile(r"(?P<start>.{2,})(?P<vowel>[iy])z(?P<end>e|es|ed|er|ers|ing|ings|able|ation|ations|ational)")
# These are spelt with z in both, also with a prefix: "resize", "medium-sized". Belize is a country.
WITH_Z = re.compile(r"(re|cap|down|mid|out|over|super|under|up)?siz|(ap)?priz|assiz|beliz|maiz|seiz")
# Pairs of words: the American spelling, then the British one. Forms of both are included: they have the same stems.
PAIRS = """
acknowledgment acknowledgement
aging ageing
airplane aeroplane
aluminum aluminium
analog analogue
annex annexe
archeology archaeology
ardor ardour
armor armour
artifact artefact
behavior behaviour
caliber calibre
candor candour
catalog catalogue
center centre
centimeter centimetre
check cheque
cipher cypher
clamor clamour
color colour
counselor counsellor
cozy cosy
defense defence
dialog dialogue
disk disc
encyclopedia encyclopaedia
endeavor endeavour
enrollment enrolment
esthetic aesthetic
favor favour
favorite favourite
fervor fervour
fiber fibre
flavor flavour
fulfillment fulfilment
glamor glamour
gram gramme
gray grey
harbor harbour
honor honour
humor humour
inquire enquire
inquiry enquiry
installment instalment
jewelry jewellery
judgment judgement
kilogram kilogramme
kilometer kilometre
labor labour
license licence
liter litre
maneuver manoeuvre
marvelous marvellous
meager meagre
medieval mediaeval
meter metre
millimeter millimetre
misdemeanor misdemeanour
mold mould
monolog monologue
neighbor neighbour
neighborhood neighbourhood
odor odour
offense offence
orthopedic orthopaedic
parlor parlour
pediatric paediatric
plow plough
practise practice
pretense pretence
prolog prologue
rigor rigour
rumor rumour
savior saviour
savor savour
skeptical sceptical
skillful skilful
somber sombre
specialty speciality
specter spectre
splendor splendour
sulfur sulphur
theater theatre
tumor tumour
valor valour
vapor vapour
vigor vigour
willful wilful
woolen woollen
yogurt yoghurt
"""
# The same for single words, of which other forms are other words: "programming" is not a programme.
WORDS = {"program": "programme", "programs": "programmes", "sizable": "sizeable", "salable": "saleable"}
AMERICAN_AND_BRITISH = [(american, british) for american, british in map(str.split, PAIRS.strip().splitlines())]


def british(word: str) -> str:
    """Return the British spelling of a folded word by the rules for -ise and -yse, and by WORDS."""
    match = ENDING.fullmatch(word)
    if match is None or WITH_Z.match(word):
        return WORDS.get(word, word)
    return f"{match['start']}{match['vowel']}s{match['end']}"
