"""The admin pages of programmes: a file for each of what curators edit, imported so that they are registered."""

from . import country, example, organisation, programme, synonym

__all__ = ["country", "example", "organisation", "programme", "synonym"]
