"""The room's place among Django's applications."""

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """Name the room (组织)."""

    name = "linli.bodies"
    label = "bodies"
    verbose_name = "组织"
