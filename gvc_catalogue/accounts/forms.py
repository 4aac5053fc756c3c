"""The forms for a one-time code and for the anonymisation of a name."""

import re

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

CODE = re.compile(r"[0-9]{6}", re.ASCII)


class CodeForm(forms.Form):
    """Form for a one-time code: six digits, with or without spaces between them."""

    code = forms.CharField(
        label="One-time code",
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )

    def clean_code(self) -> str:
        """Return the six digits. Raises ValidationError for anything else."""
        code = "".join(str(self.cleaned_data["code"]).split())
        if not CODE.fullmatch(code):
            raise ValidationError("A code is six digits: type the one that your device shows now.")
        return code


class AnonymiseForm(forms.Form):
    """Form for the name of a deleted user."""

    name = forms.CharField(label="Name of a deleted user", max_length=150, strip=False)

    def clean_name(self) -> str:
        """Return the name. Raises ValidationError when a user still has it, whom records name. One query."""
        name = str(self.cleaned_data["name"])
        if User.objects.filter(username=name).exists():
            raise ValidationError("A user has this name. Delete the user first, then erase the name.")
        return name
