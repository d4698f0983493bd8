"""The room's place among Django's applications."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Name the room (地点)."""

    name = "linli.places"
    label = "places"
    verbose_name = "地点"
