from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """Versions of records, of whatever model has contents."""

    name = "gvc_catalogue.history"
    label = "history"
    verbose_name = "History"
