"""Recommendations."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import views


class NumberConverter(StringConverter):
    """What may be a recommendation's number: all but a slash, and NUL, which PostgreSQL refuses to look for."""

    regex = "[^/\0]+"


register_converter(NumberConverter, "number")

app_name = "recommendations"
urlpatterns = [
    path("recommendations/", views.recommendation_list, name="list"),
    path("recommendations.json", views.recommendations_json, name="list_json"),
    path("recommendations.csv", views.recommendations_csv, name="list_csv"),
    path("recommendations/<number:number>.json", views.recommendation_json, name="detail_json"),
    path("recommendations/<number:number>/", views.recommendation_detail, name="detail"),
    path("api/v1/categories", views.categories_json, name="categories_api"),
    path("api/v1/recommendations", views.recommendations_json, name="list_api"),
    path("api/v1/recommendations/<number:number>", views.recommendation_json, name="detail_api"),
]
