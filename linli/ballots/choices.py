"""The closed lists of the room (选项)."""

from django.db import models


class How(models.TextChoices):
    """In which way somebody's vote came in; empty as long as it did not."""

    NOT_YET = "", "还没有投"
    PHONE = "phone", "手机"
    PROXY = "proxy", "受托人代投"
    STAFF = "staff", "工作人员代录"
    PAPER = "paper", "纸质票"


class Stage(models.TextChoices):
    """Where a ballot stands at an instant."""

    WAITING = "waiting", "还没有开始"
    OPEN = "open", "正在投票"
    OVER = "over", "已截止，待计票"
    CLOSED = "closed", "已公布结果"
    CANCELLED = "cancelled", "已取消"
