"""The room's place among Django's applications."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Name the room (信件)."""

    name = "linli.outbox"
    label = "outbox"
    verbose_name = "信件"
