"""Django looks for the admin's pages here."""

from .curating import VersionAdmin

__all__ = ["VersionAdmin"]
