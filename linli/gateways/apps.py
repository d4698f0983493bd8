"""The room's place among Django's applications."""

from django.apps import AppConfig


class GatewaysConfig(AppConfig):
    """Name the room (对接)."""

    name = "linli.gateways"
    label = "gateways"
    verbose_name = "对接"
