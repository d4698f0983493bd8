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


class Often(TextChoices):
    """How often an outside app wants its data."""

    DAILY = "daily", "每天"
    WEEKLY = "weekly", "每周"
    MONTHLY = "monthly", "每月"
    SOMETIMES = "some", "不定期"


class KnownHere(TextChoices):
    """How much of what an outside app asks stands here already."""

    ALL = "all", "都有"
    PART = "part", "有一部分"
    NONE = "none", "没有"


class Decision(TextChoices):
    """What becomes of an outside app."""

    KEEP = "keep", "保留"
    MERGE = "merge", "并入本系统"
    STOP = "stop", "停用"


class Carried(TextChoices):
    """How a letter travels besides standing in the product."""

    DINGTALK = "dingtalk", "钉钉"
    FEISHU = "feishu", "飞书"
    WECOM = "wecom", "企业微信"
    SMS = "sms", "短信"
