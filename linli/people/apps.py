"""The room's place among Django's applications."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Name the room (人)."""

    name = "linli.people"
    label = "people"
    verbose_name = "人"
