"""Terms of the vocabulary, and what is classified by them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from programmes.models import Classification
from tests.factories import make_programme, make_term

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["Grant", "two words", "grant-", "-grant", "a--b", "é"])
def test_a_key_is_small_letters_joined_by_hyphens(key: str) -> None:
    with pytest.raises(ValidationError, match="joined by hyphens"):
        make_term(key).full_clean()


def test_a_broader_term_is_of_the_same_kind() -> None:
    term = make_term(broader=make_term(scheme="instrument", label="Money"))
    with pytest.raises(ValidationError, match="“Money” is of another kind"):
        term.full_clean()


def test_a_term_is_never_above_itself() -> None:
    top = make_term()
    top.broader = make_term(broader=make_term(broader=top))
    with pytest.raises(ValidationError, match="broader than itself"):
        top.full_clean()


def test_a_programme_has_a_term_once() -> None:
    programme, term = make_programme(), make_term()
    programme.classifications.create(term=term)
    with pytest.raises(IntegrityError):
        programme.classifications.create(term=term)


def test_a_term_that_is_used_is_not_deleted() -> None:
    term = make_term()
    make_programme("fairs").classifications.create(term=term)
    with pytest.raises(ProtectedError):
        term.delete()
    assert Classification.objects.get_by_natural_key("fairs", term.key).term == term
