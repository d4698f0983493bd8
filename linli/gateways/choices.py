"""The closed lists of the gateways: doors and ways in (选项)."""

from django.db.models import TextChoices

from linli.matters.choices import Channel


class Door(TextChoices):
    """Through which door an outside system comes."""

    API = "api", "REST 接口"
    OPEN311 = "open311", "Open311"
    HOTLINE = "hotline", "热线转办"


class Way(TextChoices):
    """By which channel what a system brings is counted."""

    SYSTEM = Channel.SYSTEM.value, str(Channel.SYSTEM.label)
    HOTLINE = Channel.HOTLINE.value, str(Channel.HOTLINE.label)
    POLICE = Channel.POLICE.value, str(Channel.POLICE.label)


class Facet(TextChoices):
    """Of what a system has its own words."""

    CATEGORY = "category", "分类"
    ORDER = "order", "缓急"
    PLACE = "place", "区域"
