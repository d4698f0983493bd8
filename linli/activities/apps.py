"""The room's place among Django's applications."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """Name the room (文体活动)."""

    name = "linli.activities"
    label = "activities"
    verbose_name = "文体活动"
