from django.apps import AppConfig


class SigningInConfig(AppConfig):
    """The app for signing in. It has no models: django-axes stores attempts, django-otp devices; it has their admin."""

    name = "gvc_catalogue.accounts"
    label = "signing_in"
    verbose_name = "Signing in"
