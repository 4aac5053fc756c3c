"""Curators bring in tables: looked through first, all or nothing, and undone by one word."""

import io
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from gvc_catalogue.history.content import WorkflowError, is_same_content, serialise
from gvc_catalogue.history.models import Version
from programmes.editing import workflow
from programmes.imports.apply import DifferentOutcomeError, ImportOrder, RowsRefusedError, apply_import, preview_import
from programmes.imports.undo import undo
from programmes.models import Link, Programme, ProgrammeDraft, Receipt
from tests.factories import make_example, make_organisation, make_programme, make_source, make_term

pytestmark = pytest.mark.django_db

HEADER = "slug,name,countries,provider,status,checked_on,links,link_kinds\n"

# The longest of names, and so much longer folded.
GROWN = ["ß" * 200, "word…" * 40, "ﷺ" * 200]


def file(text: str) -> io.BytesIO:
    return io.BytesIO((text if text.startswith("slug") else HEADER + text).encode())


def new_rows(number: int) -> str:
    return "".join(f"fair-{i},Fair {i},JP; MX,KOSGEB,,,https://example.org/{i},official\n" for i in range(number))


def order(**more: Any) -> ImportOrder:
    return ImportOrder("fairs.csv", None, **more)


@pytest.fixture
def stored() -> Iterator[None]:
    """Whatever a test does, programmes, drafts and versions are the same afterwards."""

    def everything() -> list[Any]:
        return [list(model.objects.order_by("pk").values()) for model in (Programme, ProgrammeDraft, Version, Receipt)]

    before = everything()
    yield
    assert everything() == before


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_was_exported_changes_nothing_when_it_is_imported(client: Client, stored: None, form: str) -> None:
    programme = Programme.objects.get(slug="rosettanet")
    exported = b"".join(client.get(f"/programmes.{form}"))
    assert preview_import(io.BytesIO(exported)).counts == {"unchanged": 67}
    assert programme == Programme.objects.get(slug="rosettanet")


def test_new_and_changed_rows_become_drafts_that_nobody_sees(client: Client) -> None:
    before = client.get("/programmes.json").json()["count"]
    receipt = apply_import(file(new_rows(3) + "rosettanet,Rosetta Net,,RosettaNet,,,,\n"), order(why="A survey."))
    assert (receipt.new, receipt.changed, receipt.unchanged) == (3, 1, 0)
    draft = ProgrammeDraft.objects.get(slug="fair-1")
    assert [c.code for c in draft.countries.order_by("code")] == ["JP", "MX"]
    assert draft.links.get().url == "https://example.org/1"
    assert client.get("/programmes.json").json()["count"] == before
    changed = ProgrammeDraft.objects.get(slug="rosettanet")
    workflow.publish(changed, None)
    assert Version.objects.get().reason == "A survey."


def test_an_import_is_published_at_once_with_a_version_for_each_and_undone(client: Client) -> None:
    before = serialise(Programme.objects.get(slug="rosettanet"))
    rows = new_rows(3) + "rosettanet,Rosetta Net,,RosettaNet,running,2026-11-01,,\n"
    receipt = apply_import(file(rows), order(published=True, why="A survey."))
    found = client.get("/programmes.json?country=JP&country=MX&provider=government&q=kosgeb").json()["results"]
    assert [programme["slug"] for programme in found] == ["fair-0", "fair-1", "fair-2"]
    assert Version.objects.filter(batch=receipt.batch).count() == 4
    assert Programme.objects.get(slug="rosettanet").status == "running"
    assert undo(receipt, None) == []
    assert not Programme.objects.filter(slug__startswith="fair-").exists()
    assert is_same_content(serialise(Programme.objects.get(slug="rosettanet")), before)
    assert client.get("/programmes.json").json()["count"] == 67
    with pytest.raises(WorkflowError, match="undone already"):
        undo(receipt, None)


def test_what_somebody_worked_on_since_is_left_and_named() -> None:
    receipt = apply_import(file(new_rows(3)), order())
    ProgrammeDraft.objects.filter(slug="fair-0").update(edits=1)
    workflow.publish(ProgrammeDraft.objects.get(slug="fair-1"), None)
    said = undo(receipt, None)
    assert said[0] == "“Fair 0” was worked on since: it stays a draft."
    assert said[1].startswith("1 of its drafts were published or deleted since")
    assert list(ProgrammeDraft.objects.values_list("slug", flat=True)) == ["fair-0"]


def test_a_published_row_that_is_quoted_since_is_not_taken_away() -> None:
    receipt = apply_import(file(new_rows(2)), order(published=True, why="A survey."))
    make_example("2.2", Programme.objects.get(slug="fair-0"), source=make_source())
    assert undo(receipt, None) == ["“Fair 0” has changed since: it stays as it is."]
    assert [p.slug for p in Programme.objects.filter(slug__startswith="fair-")] == ["fair-0"]


@pytest.mark.parametrize("published", [False, True])
def test_one_bad_row_at_the_end_leaves_nothing_behind(stored: None, published: bool) -> None:
    with pytest.raises(RowsRefusedError, match="Row 1202: There is no country or economy “XX” in the catalogue"):
        apply_import(file(new_rows(1_200) + "last,Last,XX,KOSGEB,,,,\n"), order(published=published, why="A survey."))


def test_a_file_that_breaks_off_leaves_nothing_behind(stored: None) -> None:
    with pytest.raises(WorkflowError, match="quotation mark is open"):
        apply_import(file(new_rows(700) + 'last,"Last'), order())


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",,,KOSGEB,,,,", "It has neither an address nor a name"),
        ("a b,Fair,,KOSGEB,,,,", "slug: Enter a valid"),
        ("fair,,,KOSGEB,,,,", "name: This field cannot be blank."),
        ("fair,...,,KOSGEB,,,,", "name: There is no word in it"),
        (f"fair,{'x' * 201},,KOSGEB,,,,", "name: Ensure this value has at most 200 characters"),
        ("fair,Fair,JP; XX,KOSGEB,,,,", "There is no country or economy “XX”"),
        ("fair,Fair,,Nobody,,,,", "There is no organisation “Nobody”"),
        ("fair,Fair,,,,,,", "Say who runs it"),
        ("fair,Fair,,KOSGEB,asleep,,,", "There is no status “asleep”; possible are not-yet-checked, running"),
        ("fair,Fair,,KOSGEB,running,,,", "Say when it was looked up"),
        ("fair,Fair,,KOSGEB,running,31/12/2025,,", "“31/12/2025” is no date"),
        ("fair,Fair,,KOSGEB,running,2025-02-30,,", "“2025-02-30” is no date"),
        ("fair,Fair,,KOSGEB,,,javascript:alert(1),", "A link begins with https:// or http://"),
        ("fair,Fair,,KOSGEB,,,https://example.org/,front page", "is not a valid choice"),
        ("fair,Fair,,KOSGEB,,,https://example.org/,official; archived", "There are 1 links, but 2 kinds of links."),
        ("fair,Fair,,KOSGEB,,,https://a.example; https://a.example,", "A link stands twice."),
    ],
)
def test_a_bad_row_is_refused_with_its_number_and_every_reason(stored: None, row: str, reason: str) -> None:
    summary = preview_import(file(f"{new_rows(1)}{row}\n"))
    assert [refused.number for refused in summary.refusals] == [3]
    assert reason in " ".join(summary.refusals[0].reasons)


def test_a_programme_that_stands_twice_or_is_drafted_already_is_refused(stored: None) -> None:
    workflow.begin(Programme.objects.get(slug="rosettanet"), None)
    summary = preview_import(file(new_rows(1) + new_rows(1) + "rosettanet,Other,,RosettaNet,,,,\n"))
    said = [" ".join(row.reasons) for row in summary.refusals]
    assert said == [
        "“fair-0” stands in row 2 already.",
        "There is a draft of it already: publish or delete that first.",
    ]
    ProgrammeDraft.objects.all().delete()


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("slug,nmae\n", "There is no column “nmae”. Is it “name”?"),
        ("slug,budget\n", "There is no column “budget”. Possible are slug, name"),
        ("countries,provider\n", "A column is missing"),
    ],
)
def test_columns_that_do_not_fit_are_named(header: str, said: str) -> None:
    with pytest.raises(WorkflowError, match=said):
        preview_import(io.BytesIO(header.encode()))


def test_a_column_that_is_missing_changes_nothing() -> None:
    programme = Programme.objects.get(slug="rosettanet")
    programme.links.create(url="https://example.org/", language="en")
    programme.classifications.create(term=make_term(), words="standards")
    before = serialise(programme)
    apply_import(io.BytesIO(b"slug,name\nrosettanet,Rosetta Net\n"), order(published=True, why="Two words."))
    assert is_same_content(serialise(Programme.objects.get(slug="rosettanet")), before | {"name": "Rosetta Net"})


def test_an_imported_draft_keeps_the_terms_of_its_programme() -> None:
    programme = Programme.objects.get(slug="rosettanet")
    programme.classifications.create(term=make_term(), words="standards")
    before = serialise(programme)
    apply_import(io.BytesIO(b"slug,name\nrosettanet,Rosetta Net\n"), order())
    assert is_same_content(ProgrammeDraft.objects.get(slug="rosettanet").content, before | {"name": "Rosetta Net"})


def test_published_records_do_not_change_without_a_reason(stored: None) -> None:
    with pytest.raises(WorkflowError, match="Say why"):
        apply_import(file(new_rows(1)), order(published=True))


def test_a_made_address_never_hits_a_programme_that_is_there(stored: None) -> None:
    summary = preview_import(file(",RosettaNet,JP,KOSGEB,,,,\n"))
    assert "“RosettaNet” has the address rosettanet already" in " ".join(summary.refusals[0].reasons)


def test_what_changed_since_it_was_looked_at_is_not_overwritten() -> None:
    rows = "rosettanet,Rosetta Net,,RosettaNet,,,,\n"
    seen = preview_import(file(rows)).digest
    Programme.objects.filter(slug="rosettanet").update(name="RosettaNet, Inc.")
    with pytest.raises(DifferentOutcomeError, match="has changed since you looked"):
        apply_import(file(rows), order(published=True, why="A survey.", seen=seen))
    assert Programme.objects.get(slug="rosettanet").name == "RosettaNet, Inc."
    assert not Receipt.objects.exists()


def test_changes_are_published_in_bulk_with_their_relations(django_assert_max_num_queries: Any) -> None:
    apply_import(file(new_rows(400)), order(published=True, why="A survey."))
    Link.objects.filter(programme__slug="fair-1").update(title="The fair", language="en")
    rows = new_rows(400).replace("JP; MX", "JP; TR").replace(",official", ",archived").replace(",Fair", ",A fair")
    with django_assert_max_num_queries(60):
        receipt = apply_import(file(rows), order(published=True, why="Another."))
    assert receipt.changed == 400
    programme = Programme.objects.get(slug="fair-1")
    assert (programme.name, programme.sort_name) == ("A fair 1", "a fair 1")
    assert [c.code for c in programme.countries.order_by("code")] == ["JP", "TR"]
    assert [(link.kind, link.title) for link in programme.links.all()] == [("archived", "The fair")]
    for version in Version.objects.filter(batch=receipt.batch)[:5]:
        assert version.after == serialise(Programme.objects.get(pk=version.key))


def test_a_name_that_is_longer_folded_is_imported_and_published(client: Client) -> None:
    for name in GROWN:
        rows = f"fair,{name},JP,KOSGEB,,,,\n"
        apply_import(file(rows), order(published=True, why="A survey."))
        apply_import(file(rows.replace("JP", "MX")), order(why="A survey."))
        workflow.publish(ProgrammeDraft.objects.get(slug="fair"), None)
        found = client.get("/programmes.json", {"country": "MX", "sort": "name"}).json()["results"]
        assert name in [programme["name"] for programme in found]


def test_many_rows_published_are_found(client: Client) -> None:
    apply_import(file(new_rows(3)), order(published=True, why="A survey.", many=True))
    assert client.get("/programmes.json?q=kosgeb&country=MX").json()["count"] == 3


def test_what_others_lead_to_since_is_not_taken_away() -> None:
    receipt = apply_import(file(new_rows(2)), order(published=True, why="A survey."))
    fair = Programme.objects.get(slug="fair-0")
    Programme.objects.filter(slug="rosettanet").update(successor=fair)
    assert undo(receipt, None) == ["“Fair 0” has changed since: it stays as it is."]
    assert Programme.objects.get(slug="rosettanet").successor == fair


def test_what_named_something_that_is_gone_stays_as_it_was_imported() -> None:
    old = make_organisation("Old agency")
    make_programme("old", provider=old)
    receipt = apply_import(file("old,Old,,KOSGEB,,,,\n" + new_rows(1)), order(published=True, why="A survey."))
    old.delete()
    assert undo(receipt, None) == [
        "“Old” stays as it is: “Old agency” is no longer there: restore it first, or leave it out."
    ]
    assert not Programme.objects.filter(slug="fair-0").exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_name_that_begins_like_a_formula_comes_back_as_it_was(client: Client, form: str) -> None:
    programme = Programme.objects.get(slug="rosettanet")
    programme.name = "=Sum of all firms"
    programme.save()
    exported = b"".join(client.get(f"/programmes.{form}"))
    assert preview_import(io.BytesIO(exported)).counts == {"unchanged": 67}


def test_the_command_imports_tries_and_undoes(tmp_path: Path) -> None:
    (tmp_path / "fairs.csv").write_text(HEADER + new_rows(50))
    out = StringIO()
    call_command("import_programmes", tmp_path / "fairs.csv", "--dry-run", stdout=out)
    assert "50 new, 0 changed, 0 unchanged, 0 refused. Nothing was written." in out.getvalue()
    call_command("import_programmes", tmp_path / "fairs.csv", stdout=out)
    receipt = Receipt.objects.get()
    assert f"--undo {receipt.pk}" in out.getvalue()
    call_command("import_programmes", "--undo", str(receipt.pk), stdout=out)
    assert not ProgrammeDraft.objects.exists()
    for words in (["no-such-file.csv"], [], ["--undo", "999"], [str(tmp_path / "fairs.csv"), "--user", "nobody"]):
        with pytest.raises(CommandError):
            call_command("import_programmes", *words, stdout=out)


# ---- In the admin

ADD = reverse("admin:programmes_receipt_add")


def client_of(group: str) -> Client:
    user = User.objects.create_user(group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def uploaded(client: Client, text: str, **more: str) -> Any:
    upload = file(text)
    upload.name = "fairs.csv"
    return client.post(ADD, {"file": upload, "reason": "A preview_import.", **more})


def test_a_curator_looks_through_a_file_imports_it_and_undoes_it() -> None:
    client = client_of("Curators")
    preview = uploaded(client, new_rows(50) + "rosettanet,Rosetta Net,,RosettaNet,,,,\n")
    assert "50 new, 1 changed, 0 unchanged, 0 refused. Nothing is written yet." in preview.content.decode()
    assert "<ins>Rosetta Net</ins>" in preview.content.decode()
    assert not ProgrammeDraft.objects.exists()
    client.post(ADD, {"carried": preview.context["carried"]})
    assert ProgrammeDraft.objects.count() == 51
    client.post(reverse("admin:programmes_receipt_undo", args=[Receipt.objects.get().pk]))
    assert not ProgrammeDraft.objects.exists()


def test_what_would_be_done_otherwise_by_now_is_shown_again_and_not_done() -> None:
    client = client_of("Curators")
    preview = uploaded(client, "rosettanet,Rosetta Net,,RosettaNet,,,,\n")
    Programme.objects.filter(slug="rosettanet").update(name="RosettaNet, Inc.")
    again = client.post(ADD, {"carried": preview.context["carried"]})
    assert "The catalogue has changed since you looked" in again.content.decode()
    assert not ProgrammeDraft.objects.exists()


def test_nobody_carries_out_what_another_looked_at_or_what_was_tampered_with() -> None:
    carried = uploaded(client_of("Publishers"), new_rows(1), publish="on").context["carried"]
    other = client_of("Curators")
    for sent in (carried, carried + "x", ""):
        said = other.post(ADD, {"carried": sent}, follow=True).content.decode()
        assert "choose the file again" in said
    assert not Receipt.objects.exists()


def test_a_curator_without_the_right_publishes_nothing_by_import() -> None:
    client = client_of("Curators")
    preview = uploaded(client, new_rows(1), publish="on")
    client.post(ADD, {"carried": preview.context["carried"]})
    assert not Programme.objects.filter(slug="fair-0").exists()
    assert ProgrammeDraft.objects.filter(slug="fair-0").exists()


def test_a_publisher_publishes_at_once() -> None:
    client = client_of("Publishers")
    preview = uploaded(client, new_rows(2), publish="on")
    client.post(ADD, {"carried": preview.context["carried"]})
    assert client.get("/programmes/fair-1/").status_code == 200


def test_more_rows_than_fit_are_refused_with_the_command_and_a_bad_file_with_a_sentence() -> None:
    client = client_of("Curators")
    assert "manage.py import_programmes FILE" in uploaded(client, new_rows(2_001)).content.decode()
    assert "There is no column" in uploaded(client, "slug,budget\n").content.decode()
    refused = uploaded(client, "fair,Fair,XX,KOSGEB,,,,\n").content.decode()
    assert "There is no country or economy “XX”" in refused
    assert "Import as drafts" not in refused
