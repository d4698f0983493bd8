"""The room's place among Django's applications."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Name the room (诉求与事件)."""

    name = "linli.cases"
    label = "cases"
    verbose_name = "诉求与事件"
