"""The form for a one-time code."""

import re

from django import forms
from django.core.exceptions import ValidationError

CODE = re.compile(r"[0-9]{6}", re.ASCII)


class CodeForm(forms.Form):
    """Six digits, with or without a space between them."""

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
