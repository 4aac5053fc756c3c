"""Admin of organisations: providers and partners of programmes."""

from django.contrib import admin

from gvc_catalogue.admin.base import CuratedAdmin
from gvc_catalogue.admin.large_changelist import LargeAdmin
from gvc_catalogue.history.versioned_admin import VersionedAdmin

from ..models import Organisation
from .merge import MergingAdmin


@admin.register(Organisation)
class OrganisationAdmin(MergingAdmin, LargeAdmin, VersionedAdmin, CuratedAdmin):
    pointing = ["partnered_programmes", "partnered_programmedrafts"]
    list_display = ["name", "kind", "country"]
    list_filter = ["kind", "country__region", "country"]
    list_select_related = ["country"]
    search_fields = ["name__regex", "country__name__regex"]
    autocomplete_fields = ["country"]
