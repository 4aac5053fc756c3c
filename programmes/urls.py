"""URL patterns of programmes, countries, examples, providers and the pages about all of them."""

from django.urls import include, path

from . import views

programmes = [
    path("programmes/", views.programme_list, name="list"),
    path("programmes.json", views.programmes_json, name="list_json"),
    path("programmes.csv", views.programmes_csv, name="list_csv"),
    path("programmes.xlsx", views.programmes_xlsx, name="list_xlsx"),
    path("programmes.bib", views.programmes_cited, {"form": "bib"}, name="list_bib"),
    path("programmes.ris", views.programmes_cited, {"form": "ris"}, name="list_ris"),
    path("citations/programmes.bib", views.list_cited, {"form": "bib"}, name="list_cited_bib"),
    path("citations/programmes.ris", views.list_cited, {"form": "ris"}, name="list_cited_ris"),
    path("feeds/programmes.atom", views.programmes_atom, name="feed"),
    path("programmes/<slug:slug>/", views.programme_detail, name="detail"),
    path("programmes/<slug:slug>/history/", views.programme_history, name="history"),
    path("programmes/<slug:slug>/correct/", views.correct, name="correct"),
    path("programmes/<slug:slug>.json", views.programme_json, name="detail_json"),
    path("programmes/<slug:slug>.bib", views.programme_cited, {"form": "bib"}, name="detail_bib"),
    path("programmes/<slug:slug>.ris", views.programme_cited, {"form": "ris"}, name="detail_ris"),
    path("api/v1/programmes", views.programmes_json, name="list_api"),
    path("api/v1/programmes/<slug:slug>", views.programme_json, name="detail_api"),
]

countries = [
    path("countries/", views.country_list, name="list"),
    path("countries/<slug:code>/", views.country_detail, name="detail"),
    path("countries/<slug:code>.bib", views.country_cited, {"form": "bib"}, name="detail_bib"),
    path("countries/<slug:code>.ris", views.country_cited, {"form": "ris"}, name="detail_ris"),
    path("api/v1/countries", views.countries_json, name="list_api"),
    path("api/v1/countries/<slug:code>", views.country_json, name="detail_api"),
]

examples = [
    path("examples.json", views.examples_json, name="list_json"),
    path("examples.csv", views.examples_csv, name="list_csv"),
    path("api/v1/examples", views.examples_api, name="list_api"),
]

providers = [
    path("api/v1/providers", views.providers_json, name="list_api"),
]

vocabulary = [
    path("vocabulary/", views.vocabulary, name="list"),
    path("vocabulary/<slug:key>/", views.term_detail, name="detail"),
]

urlpatterns = [
    path("brief/", views.brief, name="brief"),
    path("brief.md", views.brief_md, name="brief_md"),
    path("changes/", views.changes, name="changes"),
    path("feeds/changes.atom", views.changes_atom, name="changes_feed"),
    path("compare/", views.compare, name="compare"),
    path("about/data/", views.data_quality, name="data_quality"),
    path("evidence-map/", views.evidence_page, name="evidence_map"),
    path("evidence-map.csv", views.evidence_csv, name="evidence_map_csv"),
    path("", include((programmes, "programmes"))),
    path("", include((countries, "countries"))),
    path("", include((examples, "examples"))),
    path("", include((providers, "providers"))),
    path("", include((vocabulary, "vocabulary"))),
]
