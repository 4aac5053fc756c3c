"""Terms in the draft of a programme: chosen by kind, justified by words of its quotations, or by a curator."""

from typing import Any

import pytest
from django.test import Client

from programmes.models import Programme, ProgrammeDraft, Term
from tests.admin_forms import errors, filled
from tests.factories import make_source, make_term
from tests.programmes.admin.test_drafts import ADD, begun, page, quotation, signed_in, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher() -> Client:
    return signed_in("paul", "Publishers")


def term(key: str, words: str) -> dict[str, Any]:
    counted = {"classifications-TOTAL_FORMS": 1, "classifications-INITIAL_FORMS": 0}
    fields = {"term": Term.objects.get(key=key).pk, "words": words, "confidence": "high"}
    return counted | {f"classifications-0-{name}": value for name, value in fields.items()}


def published_with(publisher: Client, words: str) -> str:
    """What is said to a publisher who publishes a new programme that is quoted “It holds fairs.”, with these words."""
    data = written(publisher, **quotation(source=make_source().pk), **term("matchmaking", words), _publish="1")
    return publisher.post(ADD, data, follow=True).content.decode()


@pytest.mark.parametrize("words", ["holds fairs", "It holds fairs."])
def test_a_term_is_published_with_words_of_a_quotation(publisher: Client, words: str) -> None:
    published_with(publisher, words)
    row = Programme.objects.get(slug="fairs").classifications.get()
    assert (row.term.key, row.words) == ("matchmaking", words)


@pytest.mark.parametrize("words", ["Holds fairs", "holds  fairs", "organises fairs"])
def test_words_that_no_quotation_has_are_not_published_and_stay_in_the_draft(publisher: Client, words: str) -> None:
    said = published_with(publisher, words)
    assert f"No quotation of the programme has the words “{words}”" in said
    assert not Programme.objects.filter(slug="fairs").exists()
    assert ProgrammeDraft.objects.get(slug="fairs").classifications.get().words == words


def test_a_term_without_words_says_on_the_page_that_a_curator_chose_it(publisher: Client, client: Client) -> None:
    published_with(publisher, "")
    assert "chosen by a curator" in client.get("/programmes/fairs/").content.decode()


def test_words_of_a_quotation_that_is_published_already_justify_a_term_too(publisher: Client) -> None:
    make_term("fairs")
    draft = begun(publisher)
    number = draft.classifications.count()
    data = filled(publisher, page(draft, "change"))
    row = {"id": "", "term": Term.objects.get(key="fairs").pk, "words": "one set of", "confidence": "medium"}
    added = {f"classifications-{number}-{name}": value for name, value in row.items()}
    added |= {"classifications-TOTAL_FORMS": number + 1, "why": "It is about rules.", "_publish": "1"}
    response = publisher.post(page(draft, "change"), data | added)
    assert response.status_code == 302, errors(response)
    assert Programme.objects.get(slug="rosettanet").classifications.get(term__key="fairs").words == "one set of"


def test_the_terms_of_a_draft_are_chosen_by_kind_from_a_list_that_is_not_read_for_each_row(
    publisher: Client, django_assert_max_num_queries: Any
) -> None:
    draft = begun(publisher)
    assert draft.classifications.count() > 2
    with django_assert_max_num_queries(60) as asked:
        shown = publisher.get(page(draft, "change")).content.decode()
    assert '<optgroup label="Policy instrument">' in shown
    assert sum('ORDER BY "programmes_term"."label"' in query["sql"] for query in asked.captured_queries) <= 2


def test_a_new_row_that_was_left_as_it_was_is_no_change_of_the_terms(publisher: Client) -> None:
    draft = begun(publisher)
    number = draft.classifications.count()
    data = filled(publisher, page(draft, "change")) | {"classifications-TOTAL_FORMS": number + 1}
    data |= {f"classifications-{number}-{name}": "" for name in ("id", "term", "words")}
    data |= {f"classifications-{number}-confidence": "high"}
    other = Term.objects.get(key="grant")
    draft.classifications.create(term=other)
    said = " ".join(errors(publisher.post(page(draft, "change"), data)))
    assert "and stands so in the form" in said
