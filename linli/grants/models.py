"""The tables of grant rounds (公益创投)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from linli.grants.choices import Half, Seat, Stage, State


class Round(models.Model):
    """A call for applications with its money and its terms (轮次)."""

    number = models.CharField("编号", max_length=24, unique=True)
    pack = models.CharField("方法包", max_length=32)
    edition = models.CharField("版本", max_length=8)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name="地点", related_name="+")
    place_path = models.CharField("路径", max_length=48)
    name = models.CharField("名称", max_length=60)
    words = models.TextField("说明", max_length=2000)
    funder = models.CharField("出资方", max_length=60)
    purse = models.CharField("账本编号", max_length=24)
    budget = models.PositiveBigIntegerField("预算（分）")
    cap = models.PositiveBigIntegerField("单个上限（分）")
    kinds = models.CharField("可以申报的类别", max_length=400)
    reviewers = models.PositiveSmallIntegerField("每件评审人数")
    opened_at = models.DateTimeField("开始征集")
    closes_at = models.DateTimeField("截止申报")
    stage = models.CharField("进度", max_length=12, choices=Stage.choices, default=Stage.APPLYING)

    class Meta:
        verbose_name = "创投轮次"
        verbose_name_plural = "创投轮次"
        indexes: ClassVar = [models.Index(fields=["place_path", "-opened_at"], name="grant_round_within")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opened_at")), name="grant_round_stays_open"),
            models.CheckConstraint(
                condition=Q(cap__gt=0) & Q(cap__lte=F("budget")), name="grant_cap_within_the_budget"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Application(models.Model):
    """What an organisation wants to do with how much money, and what became of it (申报)."""

    round = models.ForeignKey(Round, models.PROTECT, verbose_name="轮次", related_name="applications")
    number = models.CharField("编号", max_length=28, unique=True)
    name = models.CharField("申报单位", max_length=60)
    kind = models.CharField("类别", max_length=48)
    registration = models.CharField("登记证号或者备案号", max_length=40, blank=True)
    contact = models.ForeignKey(
        "people.Person", models.SET_NULL, verbose_name="联系人", null=True, related_name="+"
    )
    title = models.CharField("项目名称", max_length=60)
    plan = models.TextField("实施方案", max_length=4000, blank=True)
    asked = models.PositiveBigIntegerField("申请金额（分）")
    state = models.CharField("进度", max_length=12, choices=State.choices, default=State.LODGED)
    lodged_at = models.DateTimeField("提交时间")
    told_at = models.DateTimeField("告知补正", null=True)
    complete_by = models.DateTimeField("补正截止", null=True)
    lacks = models.TextField("缺什么", blank=True)
    reason = models.TextField("决定的理由", max_length=1000, blank=True)
    granted = models.PositiveBigIntegerField("资助金额（分）", default=0)
    rank = models.PositiveSmallIntegerField("名次", null=True)
    score = models.CharField("得分", max_length=8, blank=True)
    is_off_rank = models.BooleanField("与排名不一致", default=False)
    signed_at = models.DateTimeField("签约时间", null=True)
    ended_at = models.DateTimeField("结项时间", null=True)

    class Meta:
        verbose_name = "创投申报"
        verbose_name_plural = "创投申报"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "name"], condition=~Q(state=State.WITHDRAWN), name="applies_once_in_a_round"
            ),
            models.CheckConstraint(condition=Q(granted__lte=F("asked")), name="grant_within_what_was_asked"),
        ]

    def __str__(self) -> str:
        return self.number


class BudgetLine(models.Model):
    """What one part of the money is for (预算明细)."""

    application = models.ForeignKey(Application, models.CASCADE, verbose_name="申报", related_name="lines")
    title = models.CharField("用途", max_length=60)
    fen = models.PositiveBigIntegerField("金额（分）")

    class Meta:
        verbose_name = "预算明细"
        verbose_name_plural = "预算明细"

    def __str__(self) -> str:
        return self.title


class Milestone(models.Model):
    """What is reached by when (进度安排)."""

    application = models.ForeignKey(
        Application, models.CASCADE, verbose_name="申报", related_name="milestones"
    )
    title = models.CharField("做到哪里", max_length=60)
    due_on = models.DateField("什么时候")

    class Meta:
        verbose_name = "进度安排"
        verbose_name_plural = "进度安排"

    def __str__(self) -> str:
        return self.title


class Reviewer(models.Model):
    """Who reads and scores in a round, once they have declared their ties (评审人)."""

    round = models.ForeignKey(Round, models.PROTECT, verbose_name="轮次", related_name="seats")
    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name="评审人", related_name="+")
    seat = models.CharField("身份", max_length=8, choices=Seat.choices)
    organisation = models.CharField("所在单位", max_length=60, blank=True)
    declared_at = models.DateTimeField("申报利害关系", null=True)

    class Meta:
        verbose_name = "评审人"
        verbose_name_plural = "评审人"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "person"], name="reviews_once_in_a_round")
        ]

    def __str__(self) -> str:
        return f"{self.round_id} ← {self.person_id}"


class Tie(models.Model):
    """A tie between a reviewer and an applicant, in the reviewer's words (利害关系)."""

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, verbose_name="评审人", related_name="ties")
    application = models.ForeignKey(Application, models.CASCADE, verbose_name="申报", related_name="ties")
    words = models.CharField("关系", max_length=200)

    class Meta:
        verbose_name = "利害关系"
        verbose_name_plural = "利害关系"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reviewer", "application"], name="tie_declared_once")
        ]

    def __str__(self) -> str:
        return self.words


class Sheet(models.Model):
    """What one reviewer thinks of one application (评分表)."""

    reviewer = models.ForeignKey(Reviewer, models.PROTECT, verbose_name="评审人", related_name="sheets")
    application = models.ForeignKey(Application, models.PROTECT, verbose_name="申报", related_name="sheets")
    words = models.TextField("评语", max_length=1000)
    scored_at = models.DateTimeField("评分时间")

    class Meta:
        verbose_name = "评分表"
        verbose_name_plural = "评分表"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reviewer", "application"], name="one_sheet_of_a_reviewer")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} ← {self.reviewer_id}"


class Mark(models.Model):
    """The points for one criterion (得分)."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, verbose_name="评分表", related_name="marks")
    criterion = models.CharField("评分项", max_length=48)
    points = models.PositiveSmallIntegerField("分数")

    class Meta:
        verbose_name = "得分"
        verbose_name_plural = "得分"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="one_mark_for_a_criterion"),
            models.CheckConstraint(condition=Q(points__lte=100), name="mark_of_a_hundred"),
        ]

    def __str__(self) -> str:
        return str(self.points)


class Showing(models.Model):
    """Which notice made a step of a round known (轮次公示)."""

    round = models.ForeignKey(Round, models.CASCADE, verbose_name="轮次", related_name="showings")
    stage = models.CharField("进度", max_length=12, choices=Stage.choices)
    notice = models.ForeignKey("disclosure.Notice", models.PROTECT, verbose_name="公示", related_name="+")

    class Meta:
        verbose_name = "轮次公示"
        verbose_name_plural = "轮次公示"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "stage"], name="one_showing_of_a_stage")
        ]

    def __str__(self) -> str:
        return self.stage


class Report(models.Model):
    """What was done with the money so far, with its receipts (报告)."""

    application = models.ForeignKey(Application, models.PROTECT, verbose_name="申报", related_name="reports")
    half = models.CharField("哪一份", max_length=8, choices=Half.choices)
    words = models.TextField("做了什么", max_length=4000)
    spent = models.PositiveBigIntegerField("票据合计（分）")
    sent_at = models.DateTimeField("提交时间")
    is_accepted = models.BooleanField("通过", null=True)
    answer = models.CharField("审核意见", max_length=1000, blank=True)
    notice = models.ForeignKey(
        "disclosure.Notice", models.PROTECT, verbose_name="公示", null=True, related_name="+"
    )

    class Meta:
        verbose_name = "项目报告"
        verbose_name_plural = "项目报告"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "half"],
                condition=Q(is_accepted=None) | Q(is_accepted=True),
                name="one_standing_report_of_a_half",
            ),
            models.CheckConstraint(condition=Q(spent__gt=0), name="report_has_receipts"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.half}"


class Receipt(models.Model):
    """One paper that proves a payment (票据)."""

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="报告", related_name="receipts")
    number = models.CharField("票据号", max_length=40)
    title = models.CharField("用途", max_length=60)
    fen = models.PositiveBigIntegerField("金额（分）")

    class Meta:
        verbose_name = "票据"
        verbose_name_plural = "票据"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="one_receipt_counts_once"),
            models.CheckConstraint(condition=Q(fen__gt=0), name="receipt_is_for_something"),
        ]

    def __str__(self) -> str:
        return self.number


class Tranche(models.Model):
    """One part of a grant, upon what it is paid, and whether it was (拨付)."""

    application = models.ForeignKey(Application, models.PROTECT, verbose_name="申报", related_name="tranches")
    upon = models.CharField("条件", max_length=12)
    fen = models.PositiveBigIntegerField("金额（分）")
    paid = models.PositiveBigIntegerField("实付（分）", default=0)
    paid_at = models.DateTimeField("付款时间", null=True)

    class Meta:
        verbose_name = "拨付"
        verbose_name_plural = "拨付"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "upon"], name="one_tranche_upon_a_step"),
            models.CheckConstraint(condition=Q(paid__lte=F("fen")), name="paid_within_the_tranche"),
        ]

    def __str__(self) -> str:
        return self.upon
