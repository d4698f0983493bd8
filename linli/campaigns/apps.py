"""The room's place among Django's applications."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Name the room (专项治理)."""

    name = "linli.campaigns"
    label = "campaigns"
    verbose_name = "专项治理"
