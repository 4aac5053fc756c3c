"""10,000 hostile query strings against each public address: no fault of ours, and nothing comes back unescaped.

HOSTILE_QUERIES is how many, for shorter or longer runs.
"""

import logging
import os
import time
from collections import Counter

import pytest
from django.test import Client

from tests.hostile import does_no_harm, public_addresses, queries, whole

NUMBER = int(os.environ.get("HOSTILE_QUERIES", "10000"))
# Taking a page apart takes longer than making it: every so many is enough beside looking for what was typed.
THOROUGH = 25


@pytest.fixture(autouse=True)
def without_lines_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "access")


@pytest.mark.django_db
@pytest.mark.parametrize("address", public_addresses())
def test_thousands_of_hostile_query_strings_do_no_harm(address: str, client: Client) -> None:
    answer = client.get(address)
    assert (answer.status_code, bool(whole(answer))) == (200, True)
    began, seen = time.perf_counter(), Counter[int]()
    for number, query in enumerate(queries(NUMBER, address)):
        answer = client.get(address, QUERY_STRING=query)
        seen[answer.status_code] += 1
        does_no_harm(answer, query, thorough=number % THOROUGH == 0)
    took = time.perf_counter() - began
    print(f"{address}: {NUMBER} hostile query strings, {dict(sorted(seen.items()))}, none harmful, {took:.0f} s")
    assert seen.total() == NUMBER
