"""ModelAdmin bases for records with an audit log: reasons, versions, optimistic locking and restoring."""

import json
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from .content import Content, apply_content, is_same_content, serialise
from .edit_conflicts import EditConflict, detect_conflict
from .models import Action, Version

MEANWHILE = "saved this while you were at it. Nothing of yours is saved yet: look, and save again."
NO_REASON = "Say why: the reason stands in the history, and readers see it."
UNREADABLE = (
    "It cannot be told any more what this form was filled from: look at the record again, and repeat the change."
)
# Versions shown on the history page of a record; the changelist of versions has all of them.
SHOWN = 50


def record_or_404(model: Any, object_id: str) -> Any:
    """Return the record with the key of an admin URL; one query. Raises Http404 when there is none."""
    try:
        return get_object_or_404(model, pk=model._meta.pk.to_python(unquote(object_id)))
    except ValidationError as no_key:
        raise Http404(f"“{object_id}” is no key of a record.") from no_key


class ConflictAwareAdmin(admin.ModelAdmin):
    """ModelAdmin with optimistic locking: forms carry the content they were filled from, to detect edit conflicts."""

    change_form_template = "admin/curated/change_form.html"

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            record = self._locked(object_id) if object_id else None
            if record is not None:
                self._meet(request, record)
            response = super().changeform_view(request, object_id, form_url, extra_context)
            # A form that is shown again must be rendered inside the transaction.
            return response.render() if isinstance(response, TemplateResponse) else response

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Render the form with the current content of the record; one shown again unsaved keeps its own."""
        if original := context.get("original"):
            # After a POST the record in memory holds the submitted values.
            context["seen"] = request.POST.get("_seen") or _carried(serialise(original))
        return super().render_change_form(request, context, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        made: Any = super().get_form(request, obj, change, **kwargs)
        return type(made.__name__, (made,), {"clean": _refusing(made)})

    def _locked(self, object_id: str) -> Any:
        """Return the record with a row lock (SELECT FOR UPDATE); None when there is none; one query."""
        try:
            key = self.opts.pk.to_python(unquote(object_id))
        except ValidationError:
            return None
        return self.model._default_manager.select_for_update(of=("self",)).filter(pk=key).first()

    def _meet(self, request: HttpRequest, record: Any) -> None:
        """Replace the form data with the merged form on an edit conflict, or when the carried content is unreadable."""
        try:
            seen: Content = json.loads(request.POST.get("_seen", ""))
            met = detect_conflict(record, seen, request.POST)
        except (ValueError, TypeError, AttributeError, KeyError, IndexError):
            met = EditConflict.of(request.POST, UNREADABLE)
        else:
            if met is not None:
                met.sentences.insert(0, f"{self._last_editor(record)} {MEANWHILE}")
        if met is not None:
            met["_seen"] = _carried(serialise(record))
            request.POST = met  # type: ignore[assignment]

    def _last_editor(self, record: Any) -> str:
        """Return the name of the user who changed a record last, by the audit log; "Somebody" if unknown. One query."""
        version = Version.objects.of(record).select_related("by").first()
        return (version.author if version else "") or "Somebody"


class HistoryAdmin(admin.ModelAdmin):
    """ModelAdmin with the history page of a record: the word diffs of its versions, each of which can be restored."""

    object_history_template = "admin/curated/history.html"

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        record = record_or_404(self.model, object_id)
        versions = Version.objects.of(record).select_related("by")[: SHOWN + 1]
        context = {
            "versions": list(versions)[:SHOWN],
            "more": len(versions) > SHOWN,
            "may_restore": self.may_restore(request),
        }
        return super().history_view(request, object_id, context | (extra_context or {}))

    def may_restore(self, request: HttpRequest, version: Version | None = None) -> bool:
        """Return whether the curator may restore the version; without one, whether versions in general."""
        return self.has_change_permission(request)

    def restore(self, request: HttpRequest, version: Version, earlier: bool) -> tuple[str, str]:
        """Restore the content of a version, also of a deleted record; record this as a new version.

        Returns the URL to redirect to and the message to show. Raises WorkflowError when the content refers to
        records that no longer exist.
        """
        record = self.model._default_manager.filter(pk=version.key).first()
        before = serialise(record) if record else None
        record = record or self.model(pk=version.key)
        apply_content(record, version.content(earlier))
        action = Action.CHANGED if before else Action.PUBLISHED_AGAIN
        reason = f"Restored as of {version.at:%d %B %Y}."
        Version.objects.note(record, before, serialise(record), action=action, reason=reason, by=request.user)
        there = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])
        return there, f"“{version.name}” is restored as of {version.at:%d %B %Y}."


class VersionedAdmin(ConflictAwareAdmin, HistoryAdmin):
    """ModelAdmin of records that are edited without drafts: each change requires a reason and is recorded as a version.

    `protected` are fields (quotations) that can be changed only with the permission `protected_by`.
    """

    protected: list[str] = []
    protected_by = ""
    # Relations to records that prevent a deletion, by their names on this model.
    pointing: list[str] = []
    delete_confirmation_template = "admin/curated/delete.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        shut = obj and self.protected and not request.user.has_perm(self.protected_by)
        return [*super().get_readonly_fields(request, obj), *(self.protected if shut else [])]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form class, with a required reason when a record is changed."""
        # Django passes all fields of the fieldsets, and the model has no field `reason`.
        if kwargs.get("fields"):
            kwargs["fields"] = [name for name in kwargs["fields"] if name != "reason"]
        made: Any = super().get_form(request, obj, change, **kwargs)
        if not obj or not self.has_change_permission(request, obj):
            return made
        asked = forms.CharField(required=False, label="Why", help_text="Readers see it in the history.", max_length=500)
        return type(made.__name__, (made,), {"reason": asked, "clean": _asking(made)})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if not obj or not self.has_change_permission(request, obj):
            return fieldsets
        own = [
            (name, {**options, "fields": [f for f in options["fields"] if f != "reason"]})
            for name, options in fieldsets
        ]
        return [*own, ("The reason", {"fields": ["reason"]})]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # Django takes the fields from the form, which has the reason, and the form takes them from the fieldsets.
        return [name for name in super().get_fields(request, obj) if name != "reason"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Do nothing: save_related(), which Django calls next, saves the record between its two contents."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the record with its relations, and a version if its content has changed."""
        before = serialise(self.model._default_manager.get(pk=form.instance.pk)) if change else None
        super().save_model(request, form.instance, form, change)
        super().save_related(request, form, formsets, change)
        after = serialise(self.model._default_manager.get(pk=form.instance.pk))
        if not is_same_content(before, after):
            said = {"reason": form.cleaned_data.get("reason", ""), "by": request.user}
            action = Action.CHANGED if change else Action.ADDED
            Version.objects.note(form.instance, before, after, action=action, **said)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Show the confirmation page; a POST without a reason is redirected back to it with an error message."""
        may = self.has_delete_permission(request)
        if may and request.method == "POST" and not request.POST.get("reason", "").strip():
            messages.error(request, NO_REASON)
            return HttpResponseRedirect(request.get_full_path())
        return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return also the records of `pointing` as protected, up to SHOWN a relation: they prevent the deletion."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        others = [other for record in objs for name in self.pointing for other in getattr(record, name).all()[:SHOWN]]
        return deleted, counts, needed, [*protected, *map(str, others)]

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        said = {"reason": request.POST.get("reason", ""), "by": request.user}
        Version.objects.note(obj, serialise(obj), None, action=Action.DELETED, **said)
        super().delete_model(request, obj)

    def get_actions(self, request: HttpRequest) -> Any:
        """Return the actions without `delete_selected`: each deletion needs its own reason."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}


def _carried(content: Content) -> str:
    """Return a content as JSON for the hidden field of a form."""
    return json.dumps(content, ensure_ascii=False)


def _refusing(made: Any) -> Any:
    """Return a `clean` for a form class that raises ValidationError where its data is an edit conflict."""

    def clean(form: Any) -> Any:
        cleaned = made.clean(form)
        if isinstance(form.data, EditConflict):
            raise ValidationError(form.data.sentences)
        return cleaned

    return clean


def _asking(made: Any) -> Any:
    """Return a `clean` for a form class that requires a reason when any other field has changed."""

    def clean(form: Any) -> Any:
        cleaned = made.clean(form)
        if form.changed_data and form.changed_data != ["reason"] and not form.cleaned_data.get("reason"):
            form.add_error("reason", NO_REASON)
        return cleaned

    return clean
