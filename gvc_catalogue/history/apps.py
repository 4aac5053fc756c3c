from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """The app of the audit log: versions of records of any model that has a CONTENT."""

    name = "gvc_catalogue.history"
    label = "history"
    verbose_name = "History"
