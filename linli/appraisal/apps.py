"""The room's place among Django's applications."""

from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    """Name the room (评价)."""

    name = "linli.appraisal"
    label = "appraisal"
    verbose_name = "评价"
