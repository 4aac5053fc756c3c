"""A day in the admin, in a real browser: its scripts and styles keep within the content security policy."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from programmes.models import Programme, ProgrammeDraft

from .conftest import Visit

PASSWORD = "paper and ink"
SignIn = Callable[[str, str], Page]


@pytest.fixture
def home(live_server: LiveServer, catalogue: None) -> str:
    """A site of which nothing stays."""
    return live_server.url


@pytest.fixture
def sign_in(visit: Visit) -> Iterator[SignIn]:
    """The admin's first page, signed in; nothing that Django writes into a page may offend against the policy."""
    offences: list[str] = []

    def signed_in(name: str, group: str) -> Page:
        user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        page = visit("/admin/")
        page.on("console", lambda said: offences.append(said.text) if "Content Security Policy" in said.text else None)
        page.reload()
        page.fill("[name=username]", name)
        page.fill("[name=password]", PASSWORD)
        page.click("[type=submit]")
        return page

    yield signed_in
    assert offences == []


def test_a_curator_takes_a_device_that_makes_codes(sign_in: SignIn) -> None:
    admin = sign_in("curator", "Curators")
    admin.click("text=One-time codes")
    box = admin.locator("svg.qr").bounding_box()
    assert box
    assert box["width"] == box["height"] > 100
    device = TOTPDevice.objects.get(user__username="curator")
    admin.fill("[name=code]", f"{totp(device.bin_key):06}")
    admin.click("text=Use this device from now on")
    expect(admin.locator(".success")).to_contain_text("a code of this device")
    admin.click("text=Log out")
    admin.goto("/admin/")
    admin.fill("[name=username]", "curator")
    admin.fill("[name=password]", PASSWORD)
    admin.click("[type=submit]")
    expect(admin.locator("#content-main")).to_contain_text("Your password was right.")
    TOTPDevice.objects.update(last_t=-1)  # The same code once more: the test does not wait for the next.
    admin.fill("[name=code]", f"{totp(device.bin_key):06}")
    admin.click("[value='Sign in']")
    expect(admin.locator("#user-tools")).to_contain_text("curator")


def choose(page: Page, field: str, words: str) -> None:
    """Type into a field that suggests, and take the first suggestion."""
    page.locator(f"{field} .select2-selection").click()
    page.locator(".select2-search__field:focus").press_sequentially(words)
    page.locator(".select2-results__option--highlighted", has_text=words).click()


def draft_a_programme(page: Page) -> None:
    """A programme with a link, and with a quotation of a document that is added on the way."""
    page.goto(reverse("admin:programmes_programme_changelist"))
    page.click(".object-tools .addlink")
    page.locator("[name=name]").press_sequentially("Größe für Kleine")
    expect(page.locator("[name=slug]")).to_have_value("grosse-fur-kleine")
    choose(page, ".field-countries", "Türkiye")
    choose(page, ".field-provider", "KOSGEB")
    page.click("text=Add another link")
    page.fill("[name=links-0-url]", "https://example.org/kleine")
    page.click("text=Add another New quotation")
    choose(page, "#exampledrafts-0 .field-recommendation", "2.2")
    page.fill("[name=exampledrafts-0-position]", "50")
    page.fill("[name=exampledrafts-0-text]", "It lends small firms a hand.")
    with page.expect_popup() as opened:
        page.click("#add_id_exampledrafts-0-source")
    popup = opened.value
    popup.fill("[name=title]", "Review of KOSGEB")
    popup.fill("[name=url]", "https://example.org/review")
    popup.fill("[name=date]", "2010-01-01")
    popup.click("[name=_save]")
    expect(page.locator("#exampledrafts-0 .field-source .select2-selection__rendered")).to_contain_text("Review")


def test_a_day_in_the_admin(sign_in: SignIn, visit: Visit) -> None:
    curator = sign_in("carla", "Curators")
    draft_a_programme(curator)
    curator.click("text=Save and hand in")
    expect(curator.locator(".success")).to_contain_text("handed in for review")
    expect(curator.locator("[name=_publish]")).to_have_count(0)
    assert visit("/programmes/?q=%22größe+für+kleine%22").locator("text=No programme").count()

    publisher = sign_in("paul", "Publishers")
    publisher.goto(reverse("admin:programmes_programmedraft_changelist"))
    publisher.click("text=Größe für Kleine")
    publisher.click("text=Preview on the site")
    expect(publisher.locator("main")).to_contain_text("It lends small firms a hand.")
    publisher.go_back()
    publisher.click("text=What it changes")
    expect(publisher.locator("ins", has_text="It lends small firms a hand.")).to_be_visible()
    publisher.click("[name=_publish]")
    expect(publisher.locator(".success")).to_contain_text("is published")

    reader = visit("/programmes/grosse-fur-kleine/")
    expect(reader.locator("main")).to_contain_text("It lends small firms a hand.")
    assert "68 programmes" in visit("/programmes/").locator("main").inner_text()
    assert "Größe für Kleine" in reader.request.get("/feeds/programmes.atom").text()

    import_fifty_and_undo_them(curator, visit)
    mend_the_name(publisher, "Grösse für Kleine")
    expect(visit("/programmes/grosse-fur-kleine/").locator("h1")).to_have_text("Grösse für Kleine")
    restore_what_stood_before(publisher)
    expect(visit("/programmes/grosse-fur-kleine/").locator("h1")).to_have_text("Größe für Kleine")


def import_fifty_and_undo_them(page: Page, visit: Visit) -> None:
    rows = "".join(f"fair-{i},Fair {i},JP,KOSGEB\n" for i in range(50))
    table = f"slug,name,countries,provider\n{rows}".encode()
    page.goto(reverse("admin:programmes_receipt_changelist"))
    page.click(".object-tools .addlink")
    page.set_input_files("[name=file]", {"name": "fairs.csv", "mimeType": "text/csv", "buffer": table})
    page.click("text=Show what it would do")
    expect(page.locator("#content")).to_contain_text("50 new, 0 changed, 0 unchanged, 0 refused")
    page.click("text=Import as drafts")
    page.click("text=Its drafts")
    expect(page.locator("#content")).to_contain_text("50 drafts of programmes")
    assert "68 programmes" in visit("/programmes/").locator("main").inner_text()
    page.go_back()
    page.click("text=Undo this import")
    expect(page.locator(".success")).to_contain_text("is undone")
    page.click("text=Its drafts")
    expect(page.locator("#content")).to_contain_text("0 drafts of programmes")


def mend_the_name(page: Page, name: str) -> None:
    """A published record changes by a draft, with a reason."""
    programme = Programme.objects.get(slug="grosse-fur-kleine")
    page.goto(reverse("admin:programmes_programme_change", args=[programme.pk]))
    page.click("text=Draft a change")
    page.fill("[name=name]", name)
    page.click("[name=_publish]")
    expect(page.locator(".error")).to_contain_text("Say why")
    page.fill("[name=why]", "As the Swiss write it.")
    page.click("[name=_publish]")
    expect(page.locator(".success")).to_contain_text("is published")


def restore_what_stood_before(page: Page) -> None:
    programme = Programme.objects.get(slug="grosse-fur-kleine")
    page.goto(reverse("admin:programmes_programme_history", args=[programme.pk]))
    expect(page.locator(".version >> nth=0")).to_contain_text("As the Swiss write it.")
    page.click("text=Restore what stood before >> nth=0")
    page.click("[name=_publish]")
    expect(page.locator(".success")).to_contain_text("is published")


def test_two_curators_at_one_record_lose_nothing(sign_in: SignIn) -> None:
    first, second = sign_in("carla", "Curators"), sign_in("paul", "Publishers")
    first.goto(reverse("admin:programmes_programme_change", args=[Programme.objects.get(slug="rosettanet").pk]))
    first.click("text=Draft a change")
    second.goto(first.url)
    first.fill("[name=name]", "Rosetta Net")
    first.click("text=Save draft")
    expect(first.locator(".success")).to_be_visible()
    second.fill("[name=name]", "RosettaNet, Inc.")
    choose(second, ".field-countries", "Malaysia")
    second.click("text=Save draft")
    expect(second.locator(".errorlist")).to_contain_text("carla saved this while you were at it")
    expect(second.locator(".errorlist")).to_contain_text("“RosettaNet” became “Rosetta Net”")
    expect(second.locator("[name=name]")).to_have_value("RosettaNet, Inc.")
    second.click("text=Save draft")
    expect(second.locator(".success")).to_be_visible()
    draft = ProgrammeDraft.objects.get(slug="rosettanet")
    assert (draft.name, draft.countries.get().code) == ("RosettaNet, Inc.", "MY")
