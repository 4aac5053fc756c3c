from django.apps import AppConfig

from gvc_catalogue.search_index.sync.triggers import watch

# Tables that the search index is built from, and the column with the key of the row that a change affects
# (see search/index_document.py).
WATCHED = {
    "programmes_programme": "id",
    "programmes_programme_countries": "programme_id",
    "programmes_programme_partners": "programme_id",
    "programmes_example_programmes": "programme_id",
    "programmes_example": "id",
    "programmes_link": "programme_id",
    "programmes_country": "id",
    "programmes_organisation": "id",
    "programmes_source": "id",
    "programmes_synonym": "id",
    "programmes_term": "id",
    "programmes_classification": "programme_id",
    "recommendations_recommendation": "id",
    "recommendations_category": "id",
    # Not searched, but displayed on pages.
    "recommendations_passage": "id",
    "programmes_recommendationtopic": "id",
}


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = "Programmes"

    def ready(self) -> None:
        """Register the tables for the database triggers that record each change for the search index."""
        watch(WATCHED)
