"""What a resident brings and what a grid worker finds: 诉求 and 事件."""

from django.db import models
from django.db.models import Q

from linli.cases.kinds import ConcernKind, Part
from linli.frame.finding import TokensField
from linli.frame.vault import BlindIndex, EncryptedText


class Case(models.Model):
    """What only a concern or an incident has (诉求、事件)."""

    matter = models.OneToOneField(
        "matters.Matter", models.CASCADE, verbose_name="事项", primary_key=True, related_name="case"
    )
    concern_kind = models.CharField("诉求类型", max_length=12, choices=ConcernKind.choices, blank=True)
    words = models.TextField("内容", max_length=2000)
    contact_name = EncryptedText("称呼", blank=True)
    contact_phone = EncryptedText("电话", blank=True)
    contact_mark = BlindIndex("电话的检索标记", of="contact_phone", purpose="phone")
    spot_x = models.IntegerField("横坐标（米）", null=True)
    spot_y = models.IntegerField("纵坐标（米）", null=True)
    place_words = models.CharField("位置说明", max_length=120, blank=True)
    answer = models.TextField("办理结果", max_length=2000, blank=True)
    is_secret = models.BooleanField("要求保密", default=False, db_default=False)
    # The trade, never who: it stays when the contact is erased.
    trade = models.CharField("反映人行业", max_length=32, blank=True, default="", db_default="")
    tokens = TokensField("检索词")

    # Whether anything hangs on it, as the queries that lay it before somebody found out.
    has_orders: bool
    has_returns: bool
    has_summonses: bool
    has_ratings: bool
    has_extensions: bool
    has_pictures: bool

    class Meta:
        verbose_name = "诉求"
        verbose_name_plural = "诉求"
        indexes = (
            models.Index(fields=["contact_mark"], name="cases_of_phone"),
            models.Index(fields=["trade"], condition=~Q(trade=""), name="cases_of_trade"),
        )

    def __str__(self) -> str:
        return str(self.matter_id)


class WorkOrder(models.Model):
    """One assignment of a case to one body (工单)."""

    case = models.ForeignKey(Case, models.CASCADE, verbose_name="诉求", related_name="orders")
    body = models.ForeignKey(
        "bodies.Body", models.PROTECT, verbose_name="承办单位", related_name="+", db_index=False
    )
    opened_at = models.DateTimeField("提出时间")
    part = models.CharField("分工", max_length=8, choices=Part.choices)
    task = models.CharField("任务", max_length=400, blank=True)
    dispatched_at = models.DateTimeField("派单时间")
    due_at = models.DateTimeField("应反馈", null=True)
    taken_on_at = models.DateTimeField("接单时间", null=True)
    answered_at = models.DateTimeField("反馈时间", null=True)
    answer = models.TextField("反馈", max_length=2000, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "工单"
        verbose_name_plural = "工单"
        constraints = (
            models.UniqueConstraint(
                fields=["case"], condition=Q(part="lead", ended_at=None), name="one_lead_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["case", "body"], condition=Q(ended_at=None), name="one_open_order_for_a_body"
            ),
        )
        # A body's list stands in the order of the matters, not of its own part in them.
        indexes = (models.Index(fields=["body", "-opened_at", "-case"], name="orders_of_body"),)

    def __str__(self) -> str:
        return f"{self.case_id} → {self.body_id}"


class Return(models.Model):
    """A returned order: objection, evidence, ruling (退单)."""

    case = models.ForeignKey(
        Case, models.CASCADE, verbose_name="诉求", related_name="returns", db_index=False
    )
    body = models.ForeignKey("bodies.Body", models.PROTECT, verbose_name="退单单位", related_name="+")
    reason = models.CharField("理由", max_length=400)
    evidence = models.CharField("依据和证据", max_length=400)
    returned_at = models.DateTimeField("退单时间")
    ruled_at = models.DateTimeField("裁定时间", null=True)
    is_upheld = models.BooleanField("退单成立", default=False)
    ruling = models.CharField("裁定理由", max_length=400, blank=True)

    class Meta:
        verbose_name = "退单"
        verbose_name_plural = "退单"
        constraints = (models.UniqueConstraint(fields=["case", "body"], name="a_body_returns_a_case_once"),)

    def __str__(self) -> str:
        return f"{self.case_id} ← {self.body_id}"


class Summons(models.Model):
    """A department is called to the spot, and reports in (吹哨、报到)."""

    case = models.ForeignKey(
        Case, models.CASCADE, verbose_name="诉求", related_name="summonses", db_index=False
    )
    body = models.ForeignKey(
        "bodies.Body", models.PROTECT, verbose_name="被吹哨部门", related_name="+", db_index=False
    )
    opened_at = models.DateTimeField("提出时间")
    reason = models.CharField("事由", max_length=400)
    called_at = models.DateTimeField("吹哨时间")
    due_at = models.DateTimeField("应报到")
    reported_in_at = models.DateTimeField("报到时间", null=True)

    class Meta:
        verbose_name = "吹哨"
        verbose_name_plural = "吹哨"
        constraints = (models.UniqueConstraint(fields=["case", "body"], name="summoned_once"),)
        indexes = (models.Index(fields=["body", "-opened_at", "-case"], name="summonses_of_body"),)

    def __str__(self) -> str:
        return f"{self.case_id} ⇠ {self.body_id}"
