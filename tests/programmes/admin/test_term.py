"""Terms of the vocabulary in the admin: added, changed with a reason, restored, and kept while something uses them."""

import pytest
from django.test import Client
from django.urls import reverse

from gvc_catalogue.history.models import Version
from programmes.models import Programme, Term
from tests.admin_forms import errors, filled
from tests.factories import make_programme, make_term
from tests.programmes.admin.test_drafts import page, signed_in

pytestmark = pytest.mark.django_db

ADD = reverse("admin:programmes_term_add")


@pytest.fixture
def curator() -> Client:
    return signed_in("carla", "Curators")


@pytest.fixture
def publisher() -> Client:
    return signed_in("paul", "Publishers")


def test_a_curator_adds_a_term_and_readers_find_it_by_its_labels(curator: Client, client: Client) -> None:
    broader = Term.objects.get(key="financial-support")
    data = filled(curator, ADD) | {"scheme": "instrument", "key": "micro-loan", "label": "Micro-loan"}
    response = curator.post(ADD, data | {"other_labels": "microcredit\nsmall loan", "broader": broader.pk})
    assert response.status_code == 302, errors(response)
    assert Term.objects.get(key="micro-loan").labels == ("Micro-loan", "microcredit", "small loan")
    assert "Financial support" in client.get("/vocabulary/micro-loan/").content.decode()
    assert "Micro-loan" in client.get("/changes/").content.decode()


def test_a_broader_term_is_chosen_among_those_of_each_kind(curator: Client) -> None:
    shown = curator.get(ADD).content.decode()
    groups = [shown.index(f'<optgroup label="{kind}">') for kind in ("Policy instrument", "Topic", "Beneficiary")]
    assert groups == sorted(groups)
    topic = make_term("fairs")
    data = filled(curator, ADD) | {"scheme": "instrument", "key": "new", "label": "New", "broader": topic.pk}
    assert "is of another kind" in " ".join(errors(curator.post(ADD, data)))


def test_a_change_of_a_term_needs_a_reason_and_is_undone_from_its_history(curator: Client) -> None:
    term = Term.objects.get(key="grant")
    data = filled(curator, page(term, "change"))
    assert not {"key", "scheme"} & set(data)
    assert "Say why" in " ".join(errors(curator.post(page(term, "change"), data | {"label": "Subsidy"})))
    curator.post(page(term, "change"), data | {"label": "Subsidy", "key": "other", "reason": "Its usual name."})
    changed = Term.objects.get(pk=term.pk)
    assert (changed.label, changed.key) == ("Subsidy", "grant")
    assert "Its usual name." in curator.get(page(term, "history")).content.decode()
    curator.post(reverse("admin:history_version_change", args=[Version.objects.get().pk]), {"earlier": "1"})
    assert Term.objects.get(pk=term.pk).label == term.label


def test_two_curators_at_one_term_overwrite_nothing_of_each_other(curator: Client, publisher: Client) -> None:
    term = Term.objects.get(key="grant")
    mine = filled(curator, page(term, "change")) | {"label": "Mine", "reason": "Because."}
    theirs = filled(publisher, page(term, "change")) | {"definition": "Money.", "reason": "Because."}
    publisher.post(page(term, "change"), theirs)
    assert "saved this while you were at it" in " ".join(errors(curator.post(page(term, "change"), mine)))
    stored = Term.objects.get(pk=term.pk)
    assert (stored.label, stored.definition) == (term.label, "Money.")


def test_a_term_in_use_is_not_deleted_and_the_page_names_what_uses_it(publisher: Client) -> None:
    term, programme = make_term("fairs"), make_programme("shows", name="Shows")
    programme.classifications.create(term=term)
    make_term("small-fairs", label="Small fairs", broader=term)
    said = publisher.post(page(term, "delete"), {"post": "yes", "reason": "Because."}).content.decode()
    assert "the programme “Shows” is classified by it" in said
    assert "the term “Small fairs” is narrower than it" in said
    assert Term.objects.filter(pk=term.pk).exists()
    topic = Term.objects.exclude(recommendation_topics=None)[0]
    assert "has it as a topic" in publisher.get(page(topic, "delete")).content.decode()


def test_a_term_that_a_draft_uses_is_not_deleted_either(curator: Client, publisher: Client) -> None:
    term, programme = make_term("fairs"), make_programme("shows", name="Shows")
    programme.classifications.create(term=term)
    curator.post(reverse("admin:programmes_programme_draft", args=[programme.pk]))
    programme.classifications.all().delete()
    assert "the draft of “Shows” is classified by it" in publisher.get(page(term, "delete")).content.decode()


def test_a_term_that_nothing_uses_is_deleted_and_comes_back(publisher: Client, client: Client) -> None:
    term = make_term("fairs")
    publisher.post(page(term, "delete"), {"post": "yes", "reason": "Twice."})
    assert client.get("/vocabulary/fairs/").status_code == 404
    publisher.post(reverse("admin:history_version_change", args=[Version.objects.get().pk]), {"earlier": "1"})
    assert client.get("/vocabulary/fairs/").status_code == 200
    assert not Programme.objects.filter(classifications__term__key="fairs").exists()
