"""URL configuration (URLconf): every address of the catalogue."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from programmes.search.search import count_facets

from .site import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("recommendations.urls"), {"count_facets": count_facets}),
    path("", include("programmes.urls")),
    path("statement/", views.statement, name="statement"),
    path("search/", views.search, name="search"),
    path("search/suggest", views.suggest, name="suggest"),
    path("api/", views.api, name="api"),
    path("api/v1/openapi.json", views.openapi_json, name="openapi_json"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("citations/<slug:name>.bib", views.page_cited, {"form": "bib"}, name="page_cited_bib"),
    path("citations/<slug:name>.ris", views.page_cited, {"form": "ris"}, name="page_cited_ris"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-pages.xml", views.sitemap_pages, name="sitemap_pages"),
    path("sitemap-programmes-<int:number>.xml", views.sitemap_programmes, name="sitemap_programmes"),
    path("robots.txt", views.robots, name="robots"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
    path("admin/guide/", admin.site.admin_view(views.guide), name="admin_guide"),
    path("admin/check/", admin.site.admin_view(views.check_page), name="admin_check"),
    path("health/live", views.live, name="live"),
    path("health/ready", views.ready, name="ready"),
    path("admin/code/", include("gvc_catalogue.accounts.urls")),
    path("admin/", admin.site.urls),
]

if settings.DEBUG:
    urlpatterns += [path("components/", views.components, name="components")]

handler400 = "gvc_catalogue.site.views.bad_request"
handler403 = "gvc_catalogue.site.views.forbidden"
handler404 = "gvc_catalogue.site.views.not_found"
handler500 = "gvc_catalogue.site.views.server_error"
