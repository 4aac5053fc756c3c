"""The examples of a programme, to be edited on its page.

An example may describe several programmes, so it has no foreign key to one, and Django's inlines want a foreign key.
What they need of it stands here, after the pattern of Django's own generic inlines.
"""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.checks import InlineModelAdminChecks
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import QuerySet
from django.forms import BaseModelFormSet, ModelForm, modelformset_factory
from django.http import HttpRequest

from gvc_catalogue.lib.curating import AS_PRINTED

from ..models import Example, Programme


class ExamplesOfProgramme(BaseModelFormSet):
    """The examples that describe `instance`; what is added describes it too."""

    def __init__(
        self, *, instance: Programme, queryset: QuerySet[Example], save_as_new: bool = False, **kwargs: Any
    ) -> None:
        self.instance = instance
        mine = queryset.filter(programmes=instance) if instance.pk else queryset.none()
        super().__init__(queryset=mine, **kwargs)

    @classmethod
    def get_default_prefix(cls) -> str:
        return "examples"

    def save_new(self, form: ModelForm, commit: bool = True) -> Example:
        example = super().save_new(form, commit=commit)
        if commit:
            example.programmes.add(self.instance)
        return example


class NoForeignKey(InlineModelAdminChecks):
    """Django's checks of an inline, but for the one that wants a foreign key."""

    def _check_exclude_of_parent_model(self, obj: Any, parent_model: Any) -> list[Any]:
        return []

    def _check_relation(self, obj: Any, parent_model: Any) -> list[Any]:
        return []


class ExampleOfProgramme(admin.StackedInline):
    """What may be edited here; which programmes an example describes is chosen on its own page."""

    model = Example
    formset = ExamplesOfProgramme  # type: ignore[assignment]
    checks_class = NoForeignKey
    fields = ["recommendation", "position", "text", "source", "placed_by_inference", "reason"]
    autocomplete_fields = ["recommendation", "source"]
    formfield_overrides = AS_PRINTED
    show_change_link = True
    can_delete = False
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Example]:
        return super().get_queryset(request).select_related("recommendation", "source")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return modelformset_factory(
            Example,
            form=self.guarded(request, obj),
            formset=ExamplesOfProgramme,
            fields=flatten_fieldsets(self.get_fieldsets(request, obj)),
            formfield_callback=partial(self.formfield_for_dbfield, request=request),
            extra=self.get_extra(request, obj),
            max_num=self.get_max_num(request, obj),
        )

    def guarded(self, request: HttpRequest, obj: Any) -> type[ModelForm]:
        """Return a form that never saves what this curator may not change or add, whatever the browser sends."""
        may_add = self.has_add_permission(request, obj)
        may_change = self.has_change_permission(request, obj)

        class Guarded(ModelForm):
            def has_changed(self) -> bool:
                allowed = may_add if self.instance._state.adding else may_change
                return allowed and super().has_changed()

        return Guarded
