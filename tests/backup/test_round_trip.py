"""What is restored is what was backed up, in every record and every number, from either database to either."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from programmes.models import FormerSlug, Programme, Source
from tests.backup.conftest import Place
from tests.factories import make_country, make_example, make_programme

# What a text may hold and a line of a file may not, or a database reads otherwise.
AWKWARD = 'a "quoted", \\N \\t tab\there\nnew line\r\n\u2028 ‘Türkiye’ 中小企業 🏭 {"json": null} $1'


@pytest.fixture
def used(here: Place, catalogue: None) -> Place:
    """The catalogue after curators have worked in it, and before they go on."""
    programme = make_programme("awkward", name=AWKWARD[:200], countries=[])
    source = Source.objects.create(title=AWKWARD, url="https://example.org/a", date=date(1999, 12, 31))
    # Folded they are longer than the names may be.
    make_programme("grown", name="ﷺ" * 200)
    make_country("QQ", name="㌖" * 100)
    make_example("2.6", programme, text=AWKWARD, source=source, placed_by_inference=True, reason=AWKWARD)
    programme.slug = "renamed"
    programme.save()
    Programme.objects.filter(pk=make_programme("the-last-one").pk).delete()
    curator = User.objects.create_user("curator", "c@example.org", "a secret that is hashed")
    group = Group.objects.create(name="Archivists")
    group.permissions.set(Permission.objects.filter(codename__startswith="change_"))
    curator.groups.add(group)
    curator.user_permissions.add(Permission.objects.get(codename="add_programme"))
    kind = ContentType.objects.get_for_model(Programme)
    for n in range(3):
        entry = LogEntry(user=curator, content_type=kind, object_id="1", object_repr="x", action_flag=CHANGE)
        entry.action_time = timezone.now() + timedelta(microseconds=n)
        entry.save()
    return here


def test_every_record_and_every_number_is_the_same_there_and_back(
    used: Place, postgresql: Place, elsewhere: Place, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.backup", tmp_path / "second.backup"
    for place, command, file in (
        (used, "backup", first),
        (postgresql, "restore", first),
        (postgresql, "backup", second),
        (elsewhere, "restore", second),
    ):
        done = place.manage(command, str(file))
        assert done.returncode == 0, done.stderr
    before = used.read()
    assert len(before["records"]) > 280
    assert json.loads(before["shown"]["/programmes.json"])["count"] == 69
    for place in (postgresql, elsewhere):
        after = place.read()
        for kind in ("records", "times", "shown"):
            assert after[kind] == before[kind]


@pytest.mark.usefixtures("used")
def test_records_made_after_a_restore_take_numbers_that_none_has_had(
    here: Place, elsewhere: Place, tmp_path: Path
) -> None:
    given = make_programme("one-that-goes")
    number = given.pk
    given.delete()
    file = str(tmp_path / "catalogue.backup")
    here.manage("backup", file)
    assert elsewhere.manage("restore", file).returncode == 0
    code = """
import django; django.setup()
from programmes.models import Programme, Organisation, FormerSlug
from django.contrib.auth.models import User
one = Programme.objects.create(slug="new", name="New", provider=Organisation.objects.create(name="N", kind="company"))
FormerSlug.objects.create(slug="was-new", programme=one)
User.objects.create_user("another")
print(one.pk)
"""
    done = elsewhere.run("-c", code)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > number
    assert FormerSlug.objects.exists()


def test_roles_that_a_migration_made_are_those_of_the_backup(used: Place, elsewhere: Place, tmp_path: Path) -> None:
    made = "import django; django.setup(); from django.contrib.auth.models import Group, Permission\n"
    made += "Group.objects.create(name='Made by a migration').permissions.set(Permission.objects.all())"
    assert elsewhere.run("-c", made).returncode == 0
    file = str(tmp_path / "catalogue.backup")
    used.manage("backup", file)
    assert elsewhere.manage("restore", file).returncode == 0
    assert elsewhere.read()["records"] == used.read()["records"]


def test_both_commands_say_what_they_did(used: Place, elsewhere: Place, tmp_path: Path) -> None:
    file = tmp_path / "catalogue.backup"
    written = used.manage("backup", str(file)).stdout
    assert re.search(
        rf"^Wrote [\d,]+ rows of \d+ tables, {file.stat().st_size:,} bytes, to {file}$", written, re.MULTILINE
    )
    assert file.stat().st_mode & 0o777 == 0o600
    restored = elsewhere.manage("restore", str(file)).stdout
    told = r"^Restored [\d,]+ rows of \d+ tables, as they were at .+ on (sqlite|postgresql)\.$"
    assert re.search(told, restored, re.MULTILINE)
    sums = [re.findall(r"SHA-256 of the content: (\w{64})", said) for said in (written, restored)]
    assert sums[0] == sums[1] != []
