"""Bulk edit of selected programmes: form, preview of the diff of each, then all are changed or none."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from gvc_catalogue.history.content import WorkflowError

from ..editing import bulk_edit
from ..models import Country, Organisation, Programme, Status

# Maximum number of programmes in one bulk edit: the preview shows all diffs on one page.
MOST = 200


class EditForm(forms.Form):
    """Form of a bulk edit; an empty field leaves the value unchanged."""

    status = forms.ChoiceField(required=False, choices=[("", "as it is"), *Status.choices])
    checked_on = forms.DateField(
        required=False, widget=AdminDateWidget, help_text="When you looked what became of them."
    )
    provider = forms.CharField(required=False, help_text="The name of another provider, as the catalogue has it.")
    add_country = forms.ModelChoiceField(Country.objects.all(), required=False, empty_label="none")
    remove_country = forms.ModelChoiceField(Country.objects.all(), required=False, empty_label="none")
    reason = forms.CharField(required=False, max_length=500, help_text="Why; readers see it.")

    def clean_provider(self) -> Organisation | None:
        name = self.cleaned_data["provider"].strip()
        found = Organisation.objects.filter(name=name).first()
        if name and found is None:
            raise forms.ValidationError(f"There is no organisation called “{name}”.")
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse the same country added and removed, and a checked status without a date."""
        asked = super().clean() or {}
        if asked.get("add_country") and asked.get("add_country") == asked.get("remove_country"):
            self.add_error("remove_country", "The same country is to be added and removed.")
        if asked.get("status") not in ("", None, Status.NOT_YET_CHECKED) and not asked.get("checked_on"):
            self.add_error("checked_on", "Say when it was looked up: a status without a date cannot be trusted.")
        return asked

    @property
    def edit(self) -> bulk_edit.BulkEdit:
        return bulk_edit.BulkEdit(
            **{name: value or None for name, value in self.cleaned_data.items() if name != "reason"}
        )


class BulkAdmin(admin.ModelAdmin):
    """ModelAdmin mixin with the bulk edit action and its page."""

    def get_actions(self, request: HttpRequest) -> Any:
        own = self.get_action("edit_selected") if self.has_bulk_permission(request) else None
        return super().get_actions(request) | ({"edit_selected": own} if own else {})

    def has_bulk_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("programmes.add_programmedraft")

    @admin.action(description="Change all of them alike")
    def edit_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
        if len(keys) > MOST:
            messages.error(request, f"Choose at most {MOST} at once: each is looked through.")
            return None
        return HttpResponseRedirect(f"{reverse('admin:programmes_programme_bulk')}?keys={','.join(map(str, keys))}")

    def get_urls(self) -> Any:
        return [
            path("bulk/", self.admin_site.admin_view(self.bulk), name="programmes_programme_bulk"),
            *super().get_urls(),
        ]

    def bulk(self, request: HttpRequest) -> HttpResponse:
        """Show the form of a bulk edit, then the preview, then apply it when a button of the preview was pressed.

        `keys` in the URL are the selected programmes, at most 200. Raises PermissionDenied.
        """
        if not self.has_bulk_permission(request):
            raise PermissionDenied
        keys = [int(key) for key in request.GET.get("keys", "").split(",")[:MOST] if key.isdecimal() and len(key) < 19]
        programmes = Programme.objects.filter(pk__in=keys).with_details()
        if not programmes:
            messages.error(request, "Choose programmes in the list, then what to do with them.")
            return HttpResponseRedirect(reverse("admin:programmes_programme_changelist"))
        form = EditForm(request.POST or None)
        previews = bulk_edit.preview(programmes, form.edit, request.user) if form.is_valid() else []
        may_publish = request.user.has_perm("programmes.publish_programmedraft")
        if previews and self._carried_out(request, programmes, form, may_publish):
            return HttpResponseRedirect(reverse("admin:programmes_programme_changelist"))
        context = {**self.admin_site.each_context(request), "title": "Change many", "opts": self.opts, "form": form}
        context |= {"programmes": programmes, "previews": previews, "may_publish": may_publish, "media": form.media}
        context |= {"something": any(one.changes for one in previews) and not any(one.refused for one in previews)}
        return TemplateResponse(request, "admin/curated/bulk.html", context)

    def _carried_out(self, request: HttpRequest, programmes: Any, form: EditForm, may_publish: bool) -> bool:
        """Apply the bulk edit if a button of the preview was pressed; return whether it succeeded."""
        publish = "_publish" in request.POST and may_publish
        if not (publish or "_draft" in request.POST):
            return False
        try:
            number = bulk_edit.carry_out(programmes, form.edit, request.user, form.cleaned_data["reason"], publish)
        except WorkflowError as refused:
            messages.error(request, str(refused))
            return False
        messages.success(request, f"{number} {'published' if publish else 'drafted and handed in for review'}.")
        return True
