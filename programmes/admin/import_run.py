"""Import of programmes in the admin: file upload, preview with a diff, import, and undo.

Between preview and import the file is carried in a hidden form field, compressed and signed: no web node stores it.
"""

import base64
import io
import zlib
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from gvc_catalogue.admin.base import CuratedAdmin
from gvc_catalogue.admin.large_changelist import LargeAdmin
from gvc_catalogue.history.content import WorkflowError
from gvc_catalogue.history.versioned_admin import record_or_404

from ..imports.apply import DifferentOutcomeError, ImportOrder, Summary, apply_import, table
from ..imports.columns import IMPORTED
from ..imports.plan import UNCHANGED, PlannedRow, plan
from ..imports.undo import undo
from ..models import Receipt

MOST_ROWS, MOST_BYTES = 2_000, 5_000_000
# Maximum length of the signed field: Django refuses larger forms.
MOST_CARRIED = 2_400_000
# Maximum bytes of an unpacked workbook: its texts are held in the memory of a web node.
MOST_UNPACKED = 50_000_000
TOO_MUCH = f"Here at most {MOST_ROWS:,} rows fit. For more, an administrator types: manage.py import_programmes FILE"
SHOWN = 200
# Lifetime of the signed field in seconds.
CARRIED = 3_600
OTHERWISE = "The catalogue has changed since you looked: this is what the import would do now."
TOO_OLD = "The form is too old, or not one of ours: choose the file again."


class ImportForm(forms.Form):
    """Upload form of an import."""

    file = forms.FileField(
        label="File",
        help_text=f"CSV in UTF-8, or XLSX. Columns: {', '.join(IMPORTED)}. "
        "Countries by their codes (JP); several values between semicolons.",
    )
    reason = forms.CharField(
        label="Why", required=False, max_length=500, help_text="Readers see it with what changes of published records."
    )
    publish = forms.BooleanField(label="Publish at once", required=False, help_text="Otherwise drafts are made.")

    def clean_file(self) -> Any:
        """Refuse a file of more than MOST_BYTES."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(TOO_MUCH)
        return file


@admin.register(Receipt)
class ReceiptAdmin(LargeAdmin, CuratedAdmin):
    """Admin of import receipts. The “add” page runs an import."""

    list_display = ["file_name", "at", "importer", "new", "changed", "unchanged", "published", "undone_at"]
    list_select_related = ["by"]
    fields = [
        "file_name",
        "at",
        "importer",
        "new",
        "changed",
        "unchanged",
        "published",
        "reason",
        "digest",
        "undone_at",
        "undoer",
    ]
    readonly_fields = ["at", "importer", "undoer"]
    change_form_template = "admin/curated/receipt.html"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def may_publish(self, request: HttpRequest) -> bool:
        return request.user.has_perm("programmes.publish_programmedraft")

    def get_urls(self) -> Any:
        undoing = self.admin_site.admin_view(require_POST(self.take_back))
        return [path("<int:pk>/undo/", undoing, name="programmes_receipt_undo"), *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        """Show the upload form, then the preview, then run the import. Raises PermissionDenied."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if "carried" in request.POST:
            return self._confirmed(request)
        form = self._form(request, request.POST or None, request.FILES or None)
        if not form.is_valid():
            return self._page(request, "admin/curated/import.html", {"form": form})
        file = form.cleaned_data["file"]
        asked = {
            "name": file.name,
            "why": form.cleaned_data["reason"],
            "publish": bool(form.cleaned_data.get("publish")),
        }
        return self._looked_through(request, file.read(), asked)

    def _form(self, request: HttpRequest, *data: Any, **more: Any) -> ImportForm:
        """Return the upload form; without the field “publish” for users who may not publish."""
        form = ImportForm(*data, **more)
        if not self.may_publish(request):
            del form.fields["publish"]
        return form

    def may_undo(self, request: HttpRequest, receipt: Receipt) -> bool:
        return self.has_add_permission(request) and (not receipt.published or self.may_publish(request))

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """Show a receipt, with an undo button for users who may undo it."""
        receipt = record_or_404(Receipt, object_id)
        more = {"may_undo": self.may_undo(request, receipt) and not receipt.undone_at}
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))

    def _looked_through(self, request: HttpRequest, data: bytes, asked: dict[str, Any], note: str = "") -> HttpResponse:
        """Show the preview of an import, with the form that confirms it."""
        try:
            planned = look_through(data)
            carried = self._carried(request, data, {**asked, "seen": digest(planned)})
        except WorkflowError as refused:
            messages.error(request, str(refused))
            form = self._form(request, initial={"reason": asked["why"]})
            return self._page(request, "admin/curated/import.html", {"form": form})
        if note:
            messages.warning(request, note)
        told = [row for row in planned if row.kind != UNCHANGED]
        kinds = {kind: sum(row.kind == kind for row in planned) for kind in ("new", "changed", "unchanged", "refused")}
        context = {"kinds": kinds, "rows": told[:SHOWN], "more": max(0, len(told) - SHOWN), "asked": asked}
        context |= {"carried": carried, "numbers": list(kinds.items())}
        return self._page(request, "admin/curated/import_preview.html", context)

    def _carried(self, request: HttpRequest, data: bytes, asked: dict[str, Any]) -> str:
        """Return the parameters and the file as one signed field. Raises WorkflowError where that is too long."""
        packed = base64.b85encode(zlib.compress(data)).decode()
        carried = signing.dumps({**asked, "data": packed}, salt=self._salt(request))
        if len(carried) > MOST_CARRIED:
            raise WorkflowError(TOO_MUCH)
        return carried

    def _confirmed(self, request: HttpRequest) -> HttpResponse:
        """Run the import that was previewed; show a new preview where its effect would differ by now.

        Raises PermissionDenied.
        """
        try:
            asked = signing.loads(request.POST["carried"], salt=self._salt(request), max_age=CARRIED)
        except signing.BadSignature:
            messages.error(request, TOO_OLD)
            return HttpResponseRedirect(request.path)
        if asked["publish"] and not self.may_publish(request):
            raise PermissionDenied
        data = zlib.decompress(base64.b85decode(asked["data"]))
        order = ImportOrder(asked["name"], request.user, asked["why"], asked["publish"], asked["seen"])
        try:
            receipt = apply_import(io.BytesIO(data), order)
        except DifferentOutcomeError:
            return self._looked_through(request, data, asked, OTHERWISE)
        except WorkflowError as refused:
            messages.error(request, str(refused))
            return self._looked_through(request, data, asked)
        messages.success(request, f"“{order.file_name}” is imported.")
        return HttpResponseRedirect(reverse("admin:programmes_receipt_change", args=[receipt.pk]))

    def take_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Undo an import, with a message for each record that was left as it is. Raises PermissionDenied."""
        receipt = get_object_or_404(Receipt, pk=pk)
        if not self.may_undo(request, receipt):
            raise PermissionDenied
        try:
            for sentence in undo(receipt, request.user):
                messages.warning(request, sentence)
            messages.success(request, f"The import “{receipt.file_name}” is undone.")
        except WorkflowError as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("admin:programmes_receipt_change", args=[pk]))

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        own = {**self.admin_site.each_context(request), "title": "Import programmes", "opts": self.opts}
        return TemplateResponse(request, template, own | {"most": TOO_MUCH} | context)

    def _salt(self, request: HttpRequest) -> str:
        """Return the signing salt: it contains the user, so that no other user can confirm the import."""
        return f"import by {request.user.pk}"


def look_through(data: bytes) -> list[PlannedRow]:
    """Return the planned rows of a file.

    Raises WorkflowError where the file cannot be read, is empty, or has more than MOST_ROWS rows.
    """
    found: list[PlannedRow] = []
    for planned in plan(table(io.BytesIO(data), MOST_UNPACKED)):
        found += planned
        if len(found) > MOST_ROWS:
            raise WorkflowError(TOO_MUCH)
    if not found:
        raise WorkflowError("There is no row below the header: nothing would be imported.")
    return found


def digest(planned: list[PlannedRow]) -> str:
    """Return the checksum of a preview, see Summary.digest."""
    summary = Summary()
    summary.add(planned)
    return summary.digest
