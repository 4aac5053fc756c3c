"""Correction form for readers: no account and no cookie; a signed and dated token protects it instead (CSRF, bots)."""

from datetime import timedelta

from django import forms
from django.core import signing
from django.core.validators import URLValidator

from ..models import Programme
from ..models.suggestion import LONGEST

# A person does not read the page and write a sentence sooner; a bot does.
SOONEST = timedelta(seconds=3)
# A form is valid for this time after it was served.
LATEST = timedelta(hours=12)
SALT = "programmes.correct"
TOO_FAST = "That came faster than anybody types: look through your words once more, and send them again."
TOO_OLD = "This page was open for too long. Your words are still here: send them once more."
NOT_OURS = "This form is not the one that this page gave you. Your words are still here: send them once more."
TRAPPED = "Leave the field for programs empty. Your words are still here: send them once more."


def token_for(programme: Programme) -> str:
    """Return a signed token that contains the key of the record and the time at which the form was served."""
    return signing.dumps(programme.pk, salt=SALT)


class CorrectionWords(forms.CharField):
    """Plain text field; browsers send a line break as two characters, which is counted as one."""

    def to_python(self, value: object) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class CorrectionForm(forms.Form):
    """The correction, the address of its evidence, and a token that proves that the form was served recently.

    `renewed` is the token for sending the form again: the same one while it is valid.
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
    # Honeypot: the field is hidden from people, so only a bot fills it in.
    website = forms.CharField(required=False)
    token = forms.CharField(required=False)

    def __init__(self, programme: Programme, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.programme = programme
        self.renewed = token_for(programme)

    def clean(self) -> None:
        """Validate the token and the honeypot field: refuse bots and forms too early, too late or of another record."""
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
        """Return the error messages that concern the form as a whole."""
        return [str(error) for error in self.non_field_errors()]


def is_younger(token: str, age: timedelta) -> bool:
    """Return whether a valid token was made less than `age` ago."""
    try:
        signing.loads(token, salt=SALT, max_age=age)
    except signing.SignatureExpired:
        return False
    return True
