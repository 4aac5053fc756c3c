"""Multiple database hosts: the servers in the connection parameters, each with the parameters for it alone."""

import random
from collections.abc import Iterator
from typing import Any

from .circuit_breaker import CircuitBreaker, Server

# Parameters with comma-separated lists, as in libpq.
LISTS = ("host", "hostaddr", "port")
ROLE = "target_session_attrs"
Parameters = dict[str, Any]


def servers(parameters: Parameters) -> list[Server]:
    """Return the servers in the connection parameters, in their order.

    When the lengths of the lists differ, the lists are returned as one server, and libpq raises the error.
    """
    lists = {name: str(parameters[name]).split(",") for name in LISTS if parameters.get(name)}
    number = max(map(len, lists.values()), default=1)
    if any(len(values) not in (1, number) for values in lists.values()):
        return [tuple((name, ",".join(values)) for name, values in lists.items())]
    return [tuple((name, values[n % len(values)]) for name, values in lists.items()) for n in range(number)]


def attempts(parameters: Parameters, breaker: CircuitBreaker) -> Iterator[tuple[Server, Parameters]]:
    """Yield each server to try, with its parameters; the state of its circuit is read just before.

    The order is that of libpq: with `prefer-standby` standbys first, then any server; with `load_balance_hosts=random`
    in random order. Servers with an open circuit come last, and are skipped once a probe has failed.
    """
    found = servers(parameters)
    if parameters.get("load_balance_hosts") == "random":
        random.shuffle(found)
    if parameters.get(ROLE) == "prefer-standby":
        parameters = parameters | {ROLE: "any"}
        for server in found:
            if not breaker.is_open(server):
                yield server, parameters | dict(server) | {ROLE: "standby"}
    for server in sorted(found, key=breaker.is_open):
        if not breaker.is_confirmed(server):
            yield server, parameters | dict(server)
