"""Admin of countries and economies."""

from django.contrib import admin

from gvc_catalogue.admin.base import ImmutableKeyAdmin
from gvc_catalogue.history.versioned_admin import VersionedAdmin

from ..models import Country


@admin.register(Country)
class CountryAdmin(VersionedAdmin, ImmutableKeyAdmin):
    kept_key = ["code", "code3"]
    pointing = ["programmes", "programmedrafts"]
    list_display = ["name", "code", "code3", "region", "name_in_source"]
    list_filter = ["region"]
    search_fields = ["name__regex", "name_in_source__regex", "other_names__regex", "code__regex", "code3__regex"]
