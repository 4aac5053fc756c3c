"""Terms of the vocabulary, and what is classified by them."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from gvc_catalogue.site.fixtures import differences
from programmes.models import Classification, Programme, RecommendationTopic, Term
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


def upgrade() -> None:
    import_module("programmes.migrations.0011_load_vocabulary").load_vocabulary(apps, None)


def remove_vocabulary() -> None:
    for model in (Classification, RecommendationTopic, Term):
        model._default_manager.all().delete()


def test_an_installation_from_before_gets_the_vocabulary_of_the_fixtures() -> None:
    remove_vocabulary()
    upgrade()
    assert differences() == []


def test_an_installation_gets_classifications_of_the_programmes_it_has() -> None:
    remove_vocabulary()
    Programme.objects.filter(slug="rosettanet").update(slug="rosetta-net")
    upgrade()
    assert not Classification.objects.filter(programme__slug="rosetta-net").exists()
    assert Classification.objects.filter(programme__slug="covisint").count() == 3


def test_terms_of_an_installation_are_left_as_they_are() -> None:
    remove_vocabulary()
    make_term("own")
    upgrade()
    assert [term.key for term in Term.objects.all()] == ["own"]


def test_a_new_installation_gets_no_vocabulary_before_its_fixtures(empty_catalogue: None) -> None:
    upgrade()
    assert not Term.objects.exists()
