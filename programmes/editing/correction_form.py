"""The form by which readers suggest a correction: no account, no cookie, a signed and dated token instead."""

from datetime import timedelta

from django import forms
from django.core import signing
from django.core.validators import URLValidator

from ..models import Programme
from ..models.suggestion import LONGEST

# Nobody reads a page and writes a sentence sooner; programs do.
SOONEST = timedelta(seconds=3)
# For so long a page may stand open.
LATEST = timedelta(hours=12)
SALT = "programmes.correct"
TOO_FAST = "That came faster than anybody types: look through your words once more, and send them again."
TOO_OLD = "This page was open for too long. Your words are still here: send them once more."
NOT_OURS = "This form is not the one that this page gave you. Your words are still here: send them once more."
TRAPPED = "Leave the field for programs empty. Your words are still here: send them once more."


def token_for(programme: Programme) -> str:
    """Return a token that says for which record the form was given out, and when."""
    return signing.dumps(programme.pk, salt=SALT)


class CorrectionWords(forms.CharField):
    """Plain text; browsers send the end of a line as two characters, and count it as one."""

    def to_python(self, value: object) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class CorrectionForm(forms.Form):
    """What should be corrected, where that can be read, and proof that this page was asked for a moment ago.

    `renewed` is the token for sending it again: the same one while it holds.
    """

    text = CorrectionWords(
        max_length=LONGEST,
        error_messages={
            "required": "Say what should be corrected.",
            "max_length": "Say it in %(limit_value)d characters; these are %(show_value)d.",
        },
    )
    evidence = forms.CharField(
        required=False,
        max_length=500,
        validators=[URLValidator(schemes=["http", "https"], message="An address begins with https:// or http://.")],
        error_messages={"max_length": "The address has more than %(limit_value)d characters: give a shorter one."},
    )
    # People do not see it: what is typed here was typed by a program.
    website = forms.CharField(required=False)
    token = forms.CharField(required=False)

    def __init__(self, programme: Programme, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.programme = programme
        self.renewed = token_for(programme)

    def clean(self) -> None:
        """Refuse what a program sent, and what comes too fast, too late, or with the token of another record."""
        token = self.cleaned_data.get("token", "")
        try:
            if signing.loads(token, salt=SALT, max_age=LATEST) != self.programme.pk:
                raise forms.ValidationError(NOT_OURS)
        except signing.SignatureExpired:
            raise forms.ValidationError(TOO_OLD) from None
        except signing.BadSignature:
            raise forms.ValidationError(NOT_OURS) from None
        self.renewed = token
        if is_younger(token, SOONEST):
            raise forms.ValidationError(TOO_FAST)
        if self.cleaned_data.get("website"):
            raise forms.ValidationError(TRAPPED)

    @property
    def sentences(self) -> list[str]:
        """What is wrong with the form as a whole."""
        return [str(error) for error in self.non_field_errors()]


def is_younger(token: str, age: timedelta) -> bool:
    """Whether a good token was made less than so long ago."""
    try:
        signing.loads(token, salt=SALT, max_age=age)
    except signing.SignatureExpired:
        return False
    return True
