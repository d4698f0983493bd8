"""The room's place among Django's applications."""

from django.apps import AppConfig


class SocietiesConfig(AppConfig):
    """Name the room (社会组织)."""

    name = "linli.societies"
    label = "societies"
    verbose_name = "社会组织"
