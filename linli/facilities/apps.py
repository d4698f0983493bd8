"""The room's place among Django's applications."""

from django.apps import AppConfig


class FacilitiesConfig(AppConfig):
    """Name the room (服务设施)."""

    name = "linli.facilities"
    label = "facilities"
    verbose_name = "服务设施"
