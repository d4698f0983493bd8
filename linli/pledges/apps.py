"""The room's place among Django's applications."""

from django.apps import AppConfig


class PledgesConfig(AppConfig):
    """Name the room (驻区单位共建)."""

    name = "linli.pledges"
    label = "pledges"
    verbose_name = "驻区单位共建"
