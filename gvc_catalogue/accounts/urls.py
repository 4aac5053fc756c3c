"""URLs of the 2FA steps after the password."""

from django.urls import path

from . import views

app_name = "signing_in"
urlpatterns = [
    path("", views.code, name="code"),
    path("device/", views.device, name="device"),
    path("leave/", views.leave, name="leave"),
]
