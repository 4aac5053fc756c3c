"""What every wording must be, wherever it is typed or imported."""

from django.core.exceptions import ValidationError


def has_words(text: str) -> None:
    """Refuse a wording without a letter or digit: spaces, dots, characters that nobody sees.

    Raises ValidationError.
    """
    if not any(character.isalnum() for character in text):
        raise ValidationError("There is no word in it: type the words as printed.", code="no_words")
