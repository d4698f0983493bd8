"""The room's place among Django's applications."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Name the room (学习)."""

    name = "linli.learning"
    label = "learning"
    verbose_name = "学习"
