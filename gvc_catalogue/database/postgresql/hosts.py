"""The servers that an address names, each with the parameters of a connection to it alone."""

import random
from collections.abc import Iterator
from typing import Any

from .circuit_breaker import CircuitBreaker, Server

# Lists between commas, as libpq reads them.
LISTS = ("host", "hostaddr", "port")
ROLE = "target_session_attrs"
Parameters = dict[str, Any]


def servers(parameters: Parameters) -> list[Server]:
    """Return the servers that parameters name, in their order; lists that do not fit together are left to libpq."""
    lists = {name: str(parameters[name]).split(",") for name in LISTS if parameters.get(name)}
    number = max(map(len, lists.values()), default=1)
    if any(len(values) not in (1, number) for values in lists.values()):
        return [tuple((name, ",".join(values)) for name, values in lists.items())]
    return [tuple((name, values[n % len(values)]) for name, values in lists.items()) for n in range(number)]


def attempts(parameters: Parameters, breaker: CircuitBreaker) -> Iterator[tuple[Server, Parameters]]:
    """Yield each server to try, with its parameters; the circuits are looked at just before.

    As libpq does, with `prefer-standby` standbys first, then any, and with `load_balance_hosts=random` in any order.
    Servers with an open circuit come last, and not at all once a probe has failed.
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
