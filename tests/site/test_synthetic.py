"""Synthetic catalogues: the same for the same seed, whole, and never in a database that holds something."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count

from gvc_catalogue.site.synthetic import writer
from gvc_catalogue.site.synthetic.records import Programmes, Row
from gvc_catalogue.site.synthetic.words import Words
from gvc_catalogue.text.folding import fold
from programmes.models import Classification, Country, Example, Organisation, Programme
from recommendations.models import Recommendation

NUMBER = 1_000


@pytest.fixture
def generated(empty_catalogue: None, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DATABASE_URL", "postgresql://or-sqlite")
    out = StringIO()
    call_command("generate_catalogue", f"--programmes={NUMBER}", "--seed=3", stdout=out)
    return out.getvalue()


def test_a_whole_catalogue_is_written(generated: str) -> None:
    assert generated == "Generated 1000 programmes with seed 3.\n"
    assert Programme.objects.count() == NUMBER
    assert (Country.objects.count(), Organisation.objects.count()) == (200, 2_000)
    assert Recommendation.objects.count() == 34
    assert not Programme.objects.filter(examples=None).exists()
    for model in (Programme, Country):
        rows = model._default_manager.values_list("name", "sort_name")
        assert all(sort_name == fold(name) for name, sort_name in rows)
    several = Programme.objects.annotate(number=Count("countries"))
    assert set(several.values_list("number", flat=True)) == {0, 1, 2, 3}


@pytest.mark.usefixtures("generated")
def test_terms_come_in_the_proportions_of_the_catalogue_each_with_words_of_a_quotation() -> None:
    of_grants = Programme.objects.filter(classifications__term__key="grant").count()
    assert NUMBER * 5 / 67 < of_grants < NUMBER * 9 / 67
    assert not Programme.objects.filter(classifications=None).exists()
    assert not Classification.objects.filter(term__key="venture-capital").exists()
    for row in Classification.objects.select_related("programme").order_by("pk")[:50]:
        assert any(row.words in example.text for example in row.programme.examples.all())


@pytest.mark.usefixtures("generated")
def test_what_is_written_passes_the_models_own_validation() -> None:
    for model in (Country, Organisation, Programme, Example):
        for record in model._default_manager.order_by("pk")[:200]:
            record.full_clean()


@pytest.mark.usefixtures("generated")
def test_records_can_be_added_afterwards() -> None:
    provider = Organisation.objects.create(name="One more", kind="company")
    programme = Programme.objects.create(slug="one-more", name="One more", provider=provider)
    assert programme.pk > NUMBER


@pytest.mark.usefixtures("generated")
def test_words_come_as_often_as_is_said() -> None:
    words = Words(3)
    texts = {pk: set(name.split()) for pk, name in Programme.objects.values_list("pk", "sort_name")}
    for pk, text in Programme.objects.values_list("pk", "examples__text"):
        texts[pk] |= set(text.lower().rstrip(".").split())
    with_rare = [sum(word in text for text in texts.values()) for word in words.rare]
    assert set(with_rare[: NUMBER // 20]) == {20}
    with_common = [sum(word in text for text in texts.values()) for word in words.common]
    assert NUMBER * 0.2 < sum(with_common) / len(with_common) < NUMBER * 0.3


def test_the_same_seed_gives_the_same_programmes_however_they_are_cut() -> None:
    def all_of(seed: int, size: int) -> list[Row]:
        batches = list(Programmes(50, Words(seed), [1, 2, 3], [7, 8]).batches(size))
        return [row for batch in batches for row in batch.programmes] + [r for b in batches for r in b.examples]

    assert all_of(1, 7) == all_of(1, 50)
    assert all_of(1, 50) != all_of(2, 50)


@pytest.mark.django_db
def test_a_catalogue_with_records_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///elsewhere")
    Organisation.objects.get_or_create(name="Ours", kind="company")
    before = Programme.objects.count()
    with pytest.raises(CommandError, match="holds records already"):
        call_command("generate_catalogue", "--programmes=10")
    assert Programme.objects.count() == before


@pytest.mark.django_db
def test_the_catalogues_own_database_is_never_meant(monkeypatch: pytest.MonkeyPatch, empty_catalogue: None) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(CommandError, match="DATABASE_URL is not set"):
        call_command("generate_catalogue", "--programmes=10")


@pytest.mark.usefixtures("empty_catalogue")
def test_more_examples_than_the_database_can_number_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    ranges = connection.ops.integer_field_range
    monkeypatch.setattr(
        "django.db.connection.ops.integer_field_range",
        lambda column: (0, 5) if column == "PositiveIntegerField" else ranges(column),
    )
    with pytest.raises(writer.TooManyProgrammesError, match="at most 5 examples"):
        writer.generate(100, 1, lambda number: None)
    assert not Programme.objects.exists()
