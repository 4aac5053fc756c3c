"""Recommendations."""

from django.urls import path

from . import views

app_name = "recommendations"
urlpatterns = [
    path("recommendations/", views.recommendation_list, name="list"),
    path("recommendations.json", views.recommendations_json, name="list_json"),
    path("recommendations.csv", views.recommendations_csv, name="list_csv"),
    path("recommendations/<str:number>.json", views.recommendation_json, name="detail_json"),
    path("recommendations/<str:number>/", views.recommendation_detail, name="detail"),
]
