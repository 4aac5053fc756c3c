from .detail import recommendation_detail, recommendation_json
from .files import list_cited, recommendation_cited, recommendations_cited, recommendations_csv, recommendations_xlsx
from .list import categories_json, recommendation_list, recommendations_json

__all__ = [
    "categories_json",
    "list_cited",
    "recommendation_cited",
    "recommendation_detail",
    "recommendation_json",
    "recommendation_list",
    "recommendations_cited",
    "recommendations_csv",
    "recommendations_json",
    "recommendations_xlsx",
]
