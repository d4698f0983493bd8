"""The room's place among Django's applications."""

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    """Name the room (公益创投)."""

    name = "linli.grants"
    label = "grants"
    verbose_name = "公益创投"
