"""Exceptions of the English stemmer: words that it takes for forms of each other, and forms that it keeps apart.

They were found by a look at all stems of the catalogue's words and of the 5,000 most frequent words of English. A
regular form of a listed word is to be listed too.
"""

# In each line words of one stem, which is the first of them; no other word has this stem.
GROUPS = """
apartment apartments
authority authorities
busy busier busiest
celebrity celebrities
competence competences competent competency competencies competently
conservative conservatives conservatism
considerable considerably
conventional conventionally
conversation conversations conversational
cooperative cooperatives
coopers cooper
customs
designate designated designates designating designation designations
enterprising
entrepreneur entrepreneurs entrepreneurship entrepreneurial
experience experiences experienced experiencing
experiment experiments experimental experimentally experimentation experimented experimenting
formation formations
governance
identity identities
important importance importantly
industrious industriously
informal informally informality
initiative initiatives
integrity
majority majorities
minority minorities
nationality nationalities
objective objectives objectively objectivity
personality personalities
petition petitions petitioned petitioning
positive positives positively
productivity productive productively
publish publishes published publishing publisher publishers publication publications
rational rationale rationalise rationalised rationalising rationalisation rationality
relative relatives relatively relativity
respective respectively
responsible responsibly responsibility responsibilities
severe severely severity
transition transitions transitional transitioning
"""
# Plurals that are irregular, and plurals of acronyms that end like a singular.
PLURALS = """
apis api
analyses analysis
appendices appendix
children child
consortia consortium
crises crisis
criteria criterion
curricula curriculum
diagnoses diagnosis
fora forum
halves half
hypotheses hypothesis
indices index
lives life
matrices matrix
memoranda memorandum
men man
phenomena phenomenon
rois roi
smes sme
syntheses synthesis
theses thesis
women woman
"""
STEMS = {word: group.split()[0] for group in GROUPS.strip().splitlines() for word in group.split()}
SINGULARS = dict(line.split() for line in PLURALS.strip().splitlines())
