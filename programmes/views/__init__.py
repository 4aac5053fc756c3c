from .brief import brief, brief_md
from .changes import changes, changes_atom, programme_history
from .compare import compare
from .correct import correct
from .countries import country_cited, country_detail, country_list
from .detail import programme_detail, programme_json
from .evidence import evidence_csv, evidence_page
from .examples import examples_api, examples_csv, examples_json
from .feeds import programmes_atom
from .files import list_cited, programme_cited, programmes_cited, programmes_csv, programmes_xlsx
from .list import programme_list, programmes_json
from .quality import data_quality
from .reference import countries_json, country_json, providers_json
from .vocabulary import term_detail, vocabulary

__all__ = [
    "brief",
    "brief_md",
    "changes",
    "changes_atom",
    "compare",
    "correct",
    "countries_json",
    "country_cited",
    "country_detail",
    "country_json",
    "country_list",
    "data_quality",
    "evidence_csv",
    "evidence_page",
    "examples_api",
    "examples_csv",
    "examples_json",
    "list_cited",
    "programme_cited",
    "programme_detail",
    "programme_history",
    "programme_json",
    "programme_list",
    "programmes_atom",
    "programmes_cited",
    "programmes_csv",
    "programmes_json",
    "programmes_xlsx",
    "providers_json",
    "term_detail",
    "vocabulary",
]
