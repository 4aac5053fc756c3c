"""Management command `manage.py check_links`: the link checker of the pages that programmes link to."""

import signal
from argparse import ArgumentTypeError
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ...link_checker.checker import CheckResult, LinkChecker
from ...link_checker.host_rate_limit import HostRateLimiter
from ...link_checker.http_client import HttpClient, Limits
from ...link_checker.proposals import propose
from ...link_checker.run_lock import AlreadyRunningError, run_lock
from ...link_checker.storage import dead, due, note, streamed
from ...link_checker.url_policy import EVERYTHING, Network, UrlPolicy
from ...link_checker.worker_pool import run_in_parallel
from ...models import Outcome, Programme

LATER = "asked to be left for another day"
INTERRUPTED = 128 + signal.SIGINT


class Command(BaseCommand):
    """Command that checks links and prints a line for each page that moved or failed, and a summary."""

    help = (
        "Ask the pages that published programmes link to: one request a host at a time, robots.txt respected, nothing "
        "inside a private network. What moved for good is drafted and submitted; what is dead shows in the worklists."
    )
    # Tests override both: a local server and shorter limits.
    limits = Limits()
    rules = UrlPolicy

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--all", action="store_true", help="ask every address, whenever it was asked last")
        which.add_argument("--older-than", type=_days, metavar="DAYS", help="ask those not asked for so many days")
        parser.add_argument("--limit", type=_number, metavar="N", help="ask at most so many addresses")
        parser.add_argument("--programme", default="", metavar="SLUG", help="ask the links of one programme")
        parser.add_argument("--dry-run", action="store_true", help="print the addresses that would be asked, ask none")
        parser.add_argument("--threads", type=_number, default=8, metavar="N", help="hosts asked side by side (8)")
        parser.add_argument("--site", default=_site(), metavar="URL", help=f"where the catalogue stands ({_site()})")
        parser.add_argument(
            "--allow-private",
            nargs="*",
            type=_network,
            metavar="NETWORK",
            help="ask private addresses too: all of them, or those in the networks named, on any port",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["programme"] and not Programme.objects.filter(slug=options["programme"]).exists():
            raise CommandError(f"There is no programme “{options['programme']}”.")
        older_than = timedelta(0) if options["all"] else options["older_than"]
        urls = due(older_than, options["programme"], options["limit"])
        if options["dry_run"]:
            self._list(urls)
            return
        try:
            with run_lock():
                self._check(urls, options)
        except AlreadyRunningError as error:
            raise CommandError("The links are being checked already: wait until that ends.", returncode=2) from error

    def _list(self, urls: Any) -> None:
        for url in streamed(urls):
            self.stdout.write(url)
        self.stdout.write(f"{urls.count():,} addresses would be asked.")

    def _check(self, urls: Any, options: dict[str, Any]) -> None:
        """Check the addresses, store the results, and draft changes, after an interrupt for the stored results.

        Raises CommandError with return code 130 after an interrupt.
        """
        started, told, total = timezone.now(), Counter[str](), urls.count()
        interrupted = False
        try:
            for number, (url, answer) in enumerate(self._asked(urls, options), 1):
                self._tell(url, answer, told)
                self._show(number, total)
        except KeyboardInterrupt:
            interrupted = True
            self.stdout.write("\nInterrupted: what was asked so far is kept.")
        self._propose(started)
        self._sum_up(told)
        if interrupted:
            raise CommandError("The rest is asked on the next run.", returncode=INTERRUPTED)

    def _asked(self, urls: Any, options: dict[str, Any]) -> Iterator[tuple[str, CheckResult | None]]:
        """Yield each address with its result, once that is stored; with None when it is left for a later run."""
        opened = options["allow_private"]
        private = () if opened is None else tuple(opened) or EVERYTHING
        agent = f"GVC-Policy-Catalogue (+{options['site'].rstrip('/')}/about/)"
        turns = HostRateLimiter(self.limits.pause)
        asker = LinkChecker(HttpClient(agent, self.rules(private), self.limits), turns)
        with closing(run_in_parallel(streamed(urls), asker.ask, turns.stop, options["threads"])) as answers:
            for url, answer in answers:
                if answer:
                    note(answer, timezone.now())
                yield url, answer

    def _tell(self, url: str, answer: CheckResult | None, told: Counter[str]) -> None:
        """Count a result, and print it unless the page answers."""
        said = answer.outcome.label.lower() if answer else LATER
        told[said] += 1
        if answer and answer.outcome != Outcome.ANSWERS:
            details = [str(answer.status_code or ""), answer.moved_to and f"→ {answer.moved_to}", answer.note]
            self._clear()
            self.stdout.write(f"{url}: {said} {' '.join(filter(None, details))}".rstrip())

    def _propose(self, since: Any) -> None:
        drafted = 0
        for proposal in propose(since):
            drafted += not proposal.refused
            if proposal.refused:
                self.stdout.write(f"{proposal.programme}: no draft. {proposal.refused}")
        self.stdout.write(f"{drafted:,} changes drafted and submitted for review.")

    def _sum_up(self, told: Counter[str]) -> None:
        self.stdout.write(f"{told.total():,} addresses.")
        for said, number in told.most_common():
            self.stdout.write(f"- {number:,} {said}")
        self.stdout.write(f"{dead().count():,} links are dead: gone for days, or silent for weeks.")

    def _show(self, number: int, total: int) -> None:
        """Print a progress bar, if the output is a terminal."""
        if self.stdout.isatty():
            filled = 40 * number // max(1, total)
            bar = f"\r[{'#' * filled}{' ' * (40 - filled)}] {number:,} of {total:,}"
            self.stdout.write(bar, ending="\n" if number == total else "")
            self.stdout.flush()

    def _clear(self) -> None:
        if self.stdout.isatty():
            self.stdout.write("\r" + " " * 75 + "\r", ending="")


def _site() -> str:
    """Return the base URL of the catalogue, from the first of ALLOWED_HOSTS; localhost without one."""
    host = settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost") if settings.ALLOWED_HOSTS else "localhost"
    return f"{'https' if settings.HTTPS else 'http'}://{host}"


def _number(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text[:10]) < 10**9:
        return int(text)
    raise ArgumentTypeError(f"“{text}” must be a whole number from 1 on.")


def _days(text: str) -> timedelta:
    if text.isascii() and text.isdigit() and len(text) < 6:
        return timedelta(days=int(text))
    raise ArgumentTypeError(f"“{text}” must be a number of days.")


def _network(text: str) -> Network:
    try:
        return ip_network(text, strict=False)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” must be a network, as in 10.1.0.0/16.") from error
