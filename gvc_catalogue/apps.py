from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The roof: pages of the whole site, and the commands that concern the whole catalogue."""

    name = "gvc_catalogue"
    label = "gvc_catalogue"
    verbose_name = "GVC Policy Catalogue"
