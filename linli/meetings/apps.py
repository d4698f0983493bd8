"""The room's place among Django's applications."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Name the room (会议)."""

    name = "linli.meetings"
    label = "meetings"
    verbose_name = "会议"
