from django.apps import AppConfig

from gvc_catalogue.search_index.sync.triggers import watch

# The tables that programmes are found by, and the column that tells what a row of it touches (see indexing.py).
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
    "recommendations_recommendation": "id",
    "recommendations_category": "id",
    # Nothing is found by these, but pages show them.
    "recommendations_passage": "id",
}


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = "Programmes"

    def ready(self) -> None:
        """Have the database note each change of what programmes are found by."""
        watch(WATCHED)
