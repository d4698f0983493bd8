"""The room's place among Django's applications."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Name the room (个人信息)."""

    name = "linli.privacy"
    label = "privacy"
    verbose_name = "个人信息"
