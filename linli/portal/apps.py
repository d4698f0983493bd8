"""The room's place among Django's applications."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Name the room (居民之门)."""

    name = "linli.portal"
    label = "portal"
    verbose_name = "居民之门"
