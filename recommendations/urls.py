"""URL configuration of recommendations: pages, files, API."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import views


class NumberConverter(StringConverter):
    """Path converter of a recommendation's number: any text without slash or NUL, which PostgreSQL rejects."""

    regex = "[^/\0]+"


register_converter(NumberConverter, "number")

app_name = "recommendations"
urlpatterns = [
    path("recommendations/", views.recommendation_list, name="list"),
    path("recommendations.json", views.recommendations_json, name="list_json"),
    path("recommendations.csv", views.recommendations_csv, name="list_csv"),
    path("recommendations.xlsx", views.recommendations_xlsx, name="list_xlsx"),
    path("recommendations.bib", views.recommendations_cited, {"form": "bib"}, name="list_bib"),
    path("recommendations.ris", views.recommendations_cited, {"form": "ris"}, name="list_ris"),
    path("citations/recommendations.bib", views.list_cited, {"form": "bib"}, name="list_cited_bib"),
    path("citations/recommendations.ris", views.list_cited, {"form": "ris"}, name="list_cited_ris"),
    path("recommendations/<number:number>.json", views.recommendation_json, name="detail_json"),
    path("recommendations/<number:number>.bib", views.recommendation_cited, {"form": "bib"}, name="detail_bib"),
    path("recommendations/<number:number>.ris", views.recommendation_cited, {"form": "ris"}, name="detail_ris"),
    path("recommendations/<number:number>/", views.recommendation_detail, name="detail"),
    path("api/v1/categories", views.categories_json, name="categories_api"),
    path("api/v1/recommendations", views.recommendations_json, name="list_api"),
    path("api/v1/recommendations/<number:number>", views.recommendation_json, name="detail_api"),
]
