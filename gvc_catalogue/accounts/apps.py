from django.apps import AppConfig


class SigningInConfig(AppConfig):
    """It has no models: attempts are kept by django-axes, devices by django-otp. Their pages in the admin are ours."""

    name = "gvc_catalogue.accounts"
    label = "signing_in"
    verbose_name = "Signing in"
