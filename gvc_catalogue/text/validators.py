"""Validators of wordings, used for every form and import."""

from django.core.exceptions import ValidationError


def has_words(text: str) -> None:
    """Validate that a wording contains a letter or digit, not only spaces, dots or invisible characters.

    Raises ValidationError.
    """
    if not any(character.isalnum() for character in text):
        raise ValidationError("There is no word in it: type the words as printed.", code="no_words")
