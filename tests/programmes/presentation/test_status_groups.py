"""Groups of statuses: the same on every page, and whole."""

from programmes.models import Status
from programmes.presentation.status_groups import GROUPS, KNOWN


def test_each_status_is_in_one_group_in_the_order_of_every_page() -> None:
    assert [status for group in GROUPS for status in group.statuses] == list(Status)


def test_a_status_is_known_unless_it_says_that_nothing_is_known() -> None:
    assert set(Status) - set(KNOWN) == {Status.UNKNOWN, Status.NOT_YET_CHECKED}
