"""The words for how far a round and an application have come (状态)."""

from django.db import models


class Stage(models.TextChoices):
    """How far a round has come (轮次进度)."""

    APPLYING = "applying", "征集申报"
    LISTED = "listed", "申报名单公示"
    REVIEWING = "reviewing", "评审"
    DETERMINED = "determined", "资助结果公示、签约、实施"
    FINISHED = "finished", "结束"


class State(models.TextChoices):
    """How far an application has come (申报进度)."""

    LODGED = "lodged", "已提交"
    TO_COMPLETE = "to_complete", "待补正"
    ACCEPTED = "accepted", "已受理"
    DECLINED = "declined", "不予受理"
    GRANTED = "granted", "决定资助"
    REFUSED = "refused", "未获资助"
    SIGNED = "signed", "实施中"
    WITHDRAWN = "withdrawn", "已放弃"
    DONE = "done", "已结项"


class Seat(models.TextChoices):
    """On which side of the table a reviewer sits (评审身份)."""

    EXPERT = "expert", "专家"
    RESIDENT = "resident", "居民"


class Half(models.TextChoices):
    """Which report it is (报告)."""

    MID = "mid", "中期报告"
    FINAL = "final", "末期报告"
