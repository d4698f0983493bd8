"""What is shown to everybody (公开)."""

from django.db import models
from django.db.models import F, Q


class Publication(models.Model):
    """The public face of a matter: masked words only (公开件)."""

    matter = models.OneToOneField(
        "matters.Matter", models.CASCADE, verbose_name="事项", primary_key=True, related_name="publication"
    )
    title = models.CharField("标题", max_length=80)
    words = models.TextField("内容", blank=True)
    answer = models.TextField("办理结果", blank=True)
    shown_from = models.DateTimeField("公开时间")
    taken_down_at = models.DateTimeField("停止公开", null=True)
    reason = models.CharField("停止理由", max_length=400, blank=True)

    class Meta:
        verbose_name = "公开件"
        verbose_name_plural = "公开件"
        constraints = (
            models.CheckConstraint(
                condition=Q(taken_down_at=None) | Q(taken_down_at__gte=F("shown_from")),
                name="publication_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.title


class NoticeKind(models.TextChoices):
    """What a notice makes known (公示种类)."""

    DECISION = "decision", "决定公开"
    RESULT = "result", "结果公开"
    PARTY = "party", "党务公开"
    AFFAIRS = "affairs", "事务公开"
    FINANCE = "finance", "财务公开"
    LIST = "list", "名单公布"
    COVENANT = "covenant", "公约公示"


class Notice(models.Model):
    """Something that hangs on the board for its days and may be objected to (公示).

    A corrected one is a notice of its own, which ``replaces`` the other and hangs for the whole term again.
    """

    number = models.CharField("编号", max_length=24, unique=True)
    matter = models.ForeignKey(
        "matters.Matter", models.CASCADE, verbose_name="事项", null=True, related_name="notices"
    )
    place = models.ForeignKey(
        "places.Place", models.PROTECT, verbose_name="地点", related_name="+", db_index=False
    )
    place_path = models.CharField("路径", max_length=48)
    pack = models.CharField("方法包", max_length=32)
    kind = models.CharField("种类", max_length=12, choices=NoticeKind.choices)
    title = models.CharField("标题", max_length=80)
    words = models.TextField("内容", max_length=8000)
    office = models.CharField("公示单位", max_length=120)
    clause = models.CharField("规则编号", max_length=40, blank=True)
    days = models.PositiveSmallIntegerField("公示日数")
    shown_at = models.DateTimeField("公示开始")
    ends_at = models.DateTimeField("公示届满")
    taken_down_at = models.DateTimeField("撤下时间", null=True)
    reason = models.CharField("撤下理由", max_length=400, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, verbose_name="更正哪一份", null=True, related_name="corrected_by"
    )

    class Meta:
        verbose_name = "公示"
        verbose_name_plural = "公示"
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("shown_at")), name="notice_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(taken_down_at=None) | Q(taken_down_at__gte=F("shown_at")) & ~Q(reason=""),
                name="notice_comes_down_for_a_reason",
            ),
        )
        indexes = (models.Index(fields=["place_path", "-shown_at", "-id"], name="notice_at_place"),)

    def __str__(self) -> str:
        return self.number


class Objection(models.Model):
    """What somebody holds against a notice, and what was answered (异议)."""

    notice = models.ForeignKey(Notice, models.CASCADE, verbose_name="公示", related_name="objections")
    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name="提出人", related_name="+")
    words = models.TextField("异议", max_length=2000)
    raised_at = models.DateTimeField("提出时间")
    answer = models.TextField("答复", max_length=2000, blank=True)
    is_upheld = models.BooleanField("成立", null=True)
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        verbose_name = "异议"
        verbose_name_plural = "异议"
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_at=None, is_upheld=None)
                | Q(answered_at__gte=F("raised_at"), is_upheld__isnull=False) & ~Q(answer=""),
                name="objection_is_answered_in_words",
            ),
        )
        indexes = (
            models.Index(fields=["notice"], condition=Q(answered_at=None), name="objection_not_answered"),
        )

    def __str__(self) -> str:
        return self.words[:20]
