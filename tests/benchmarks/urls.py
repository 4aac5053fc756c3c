"""The catalogue's addresses, and the floors."""

from django.urls import include, path

from gvc_catalogue.urls import handler400, handler403, handler404, handler500

from . import floors

__all__ = ["handler400", "handler403", "handler404", "handler500"]

urlpatterns = [
    path("floors/engine", floors.engine),
    path("floors/total", floors.total),
    path("floors/constant", floors.constant),
    path("floors/loop.csv", floors.loop),
    path("", include("gvc_catalogue.urls")),
]
