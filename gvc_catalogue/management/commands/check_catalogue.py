"""`manage.py check_catalogue`: verification of the catalogue against the source text of the statement."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gvc_catalogue.site import verification


class Command(BaseCommand):
    """Command that prints the findings of `verification.check`: a line for each kind of check, and for each fault."""

    help = "Check every quotation and count of the statement and its annex against the source."

    def handle(self, *args: Any, **options: Any) -> None:
        findings = verification.check()
        for finding in findings:
            self.stdout.write(f"{finding.subject}: {finding.number} checked, {len(finding.faults)} at fault")
            for fault in finding.faults:
                self.stdout.write(f"- {fault}")
        faults = sum(len(finding.faults) for finding in findings)
        if faults:
            raise CommandError(f"The catalogue is not the statement: {faults} at fault.")
        self.stdout.write("The catalogue says what the statement says.")
