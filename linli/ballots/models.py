"""Ballots, their frozen rolls, and votes: open ones by name, secret ones only as sums in a box (表决)."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from linli.ballots.choices import How, Stage
from linli.core.ballot import Kind, Option, Slip
from linli.core.clause import Clause, Mark
from linli.core.count import Rules
from linli.core.forum import Proxies
from linli.core.funnel import Count
from linli.core.recount import counts_of, rules_of


class Ballot(models.Model):
    """One decision put to a roll, with the thresholds as they stood when it opened (表决)."""

    number = models.CharField("编号", max_length=32, unique=True)
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, verbose_name="事项", null=True, related_name="ballots"
    )
    place_path = models.CharField("路径", max_length=48)
    pack = models.CharField("治理包", max_length=32)
    forum = models.CharField("会议形式", max_length=64)
    forum_title = models.CharField("会议名称", max_length=64)
    electorate = models.CharField("参加范围", max_length=16)
    question = models.CharField("表决事项", max_length=300)
    explained = models.TextField("说明", max_length=4000, blank=True)
    kind = models.CharField("种类", max_length=16, choices=[(kind.value, kind.title) for kind in Kind])
    options = models.JSONField("选项")
    most = models.PositiveSmallIntegerField("最多选几项")
    is_secret = models.BooleanField("无记名")
    rules = models.JSONField("表决规则")
    entitled = models.JSONField("应参加")
    slots = models.PositiveSmallIntegerField("票箱数")
    chair = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="主持人", null=True, related_name="+"
    )
    opened_by = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="发起人", null=True, related_name="+"
    )
    opens_at = models.DateTimeField("开始时间")
    closes_at = models.DateTimeField("截止时间")
    closed_at = models.DateTimeField("公布时间", null=True)
    cancelled_at = models.DateTimeField("取消时间", null=True)
    reminded_at = models.DateTimeField("提醒计票时间", null=True)
    reason = models.CharField("取消理由", max_length=400, blank=True)
    passed = models.BooleanField("通过", null=True)
    said = models.TextField("结论", blank=True)
    sums = models.JSONField("合计", default=list)
    root = models.CharField("根值", max_length=64, blank=True)

    class Meta:
        verbose_name = "表决"
        verbose_name_plural = "表决"
        indexes: ClassVar = [
            models.Index(fields=["place_path", "-id"], name="ballot_within"),
            models.Index(
                fields=["closes_at"],
                name="ballot_not_yet_ended",
                condition=Q(closed_at=None, cancelled_at=None, reminded_at=None),
            ),
        ]
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="ballot_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(cancelled_at=None), name="ballot_ends_in_one_way"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, passed=None) | Q(closed_at__isnull=False, passed__isnull=False),
                name="ballot_is_decided_when_closed",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def slip(self) -> Slip:
        """Return what can be marked (表决票)."""
        options = (Option(one["key"], one["title"], one.get("person")) for one in self.options)
        return Slip(Kind(self.kind), tuple(options), self.most)

    @property
    def frozen(self) -> Rules:
        """Return the thresholds as they stood when it opened (表决规则)."""
        return rules_of(self.rules)

    @property
    def counts(self) -> tuple[Count, ...]:
        """Return how many were entitled, and came if it was held in a meeting (应参加)."""
        return counts_of(self.entitled)

    @property
    def clause(self) -> Clause:
        """Return under which article it is held (依据)."""
        return _clause(self.rules["clause"])

    @property
    def proxies_allowed(self) -> Proxies | None:
        """Return how many proxies one may hold, if any (委托)."""
        written = self.rules["proxies"]
        return Proxies(written["most"], _clause(written["clause"])) if written else None

    @property
    def chain(self) -> str:
        """Return on which chain of the record its decision stands: its matter's, or its own (留痕)."""
        return self.matter.number if self.matter else self.number

    @property
    def in_meeting(self) -> bool:
        """Tell whether it is held in a meeting, whose chair closes it (会上表决)."""
        return bool(self.rules["in_meeting"])

    def stage(self, *, at: datetime) -> Stage:
        """Say where it stands at an instant."""
        if self.cancelled_at:
            return Stage.CANCELLED
        if self.closed_at:
            return Stage.CLOSED
        if at < self.opens_at:
            return Stage.WAITING
        return Stage.OPEN if at < self.closes_at else Stage.OVER


class Elector(models.Model):
    """One head of the frozen roll: what it weighs, and whether and how its vote came in (表决权人).

    Of a secret ballot this row knows neither what was voted nor when.
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, verbose_name="表决", related_name="electors")
    key = models.CharField("代号", max_length=200)
    name = models.CharField("姓名", max_length=200)
    household = models.CharField("户", max_length=64, blank=True)
    area = models.PositiveBigIntegerField("面积", default=0)
    how = models.CharField("投票方式", max_length=8, choices=How.choices, blank=True, default=How.NOT_YET)
    receipt = models.CharField("回执摘要", max_length=64, blank=True)
    held_by = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="受托人", null=True, related_name="+"
    )

    class Meta:
        verbose_name = "表决权人"
        verbose_name_plural = "表决权人"
        indexes: ClassVar = [
            models.Index(fields=["receipt"], name="elector_of_receipt", condition=~Q(receipt=""))
        ]
        constraints = (models.UniqueConstraint(fields=["ballot", "key"], name="elector_once_in_a_roll"),)

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.key}"


class Hand(models.Model):
    """Somebody who may vote for an elector: themselves, a co-owner, a member of the household (代表人)."""

    elector = models.ForeignKey(Elector, models.CASCADE, verbose_name="表决权人", related_name="hands")
    person = models.ForeignKey("people.Person", models.CASCADE, verbose_name="人", related_name="+")

    class Meta:
        verbose_name = "代表人"
        verbose_name_plural = "代表人"
        constraints = (models.UniqueConstraint(fields=["elector", "person"], name="hand_once"),)

    def __str__(self) -> str:
        return f"{self.elector_id} {self.person_id}"


class Vote(models.Model):
    """One vote of an open ballot, by name (记名票); no row of a secret ballot ever stands here."""

    # A vote is looked up by its head alone, and the constraint below has the index for that.
    elector = models.ForeignKey(
        Elector, models.CASCADE, verbose_name="表决权人", related_name="votes", db_index=False
    )
    chosen = models.JSONField("所选")
    by = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="投票人", null=True, related_name="+", db_index=False
    )
    entered_by = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="代录人", null=True, related_name="+", db_index=False
    )
    basis = models.CharField("凭据", max_length=200, blank=True)
    cast_at = models.DateTimeField("投票时间")
    confirmed_at = models.DateTimeField("本人确认时间", null=True)
    disputed_at = models.DateTimeField("本人否认时间", null=True)

    class Meta:
        verbose_name = "记名票"
        verbose_name_plural = "记名票"
        constraints = (
            models.UniqueConstraint(
                fields=["elector"], condition=Q(disputed_at=None), name="one_vote_of_an_elector"
            ),
        )

    def __str__(self) -> str:
        return str(self.elector_id)


class Box(models.Model):
    """How often one thing was chosen, in one of several boxes; an empty choice counts the votes (票箱).

    A ballot has several, so that voters do not wait for one another. Once it ends there is one, the sealed.
    A vote that is disputed is taken out of whichever box, so that a single one may stand below nothing.
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, verbose_name="表决", related_name="boxes")
    slot = models.SmallIntegerField("箱号")
    choice = models.CharField("所选", max_length=64, blank=True)
    heads = models.IntegerField("人数", default=0)
    area = models.BigIntegerField("面积", default=0)

    class Meta:
        verbose_name = "票箱"
        verbose_name_plural = "票箱"
        constraints = (
            models.UniqueConstraint(
                fields=["ballot", "slot", "choice"], name="one_count_of_a_choice_in_a_box"
            ),
        )

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.slot} {self.choice}"


class Proxy(models.Model):
    """A written paper by which an elector lets somebody vote in their place (委托书)."""

    elector = models.ForeignKey(Elector, models.CASCADE, verbose_name="委托人", related_name="proxies")
    holder = models.ForeignKey("people.Person", models.PROTECT, verbose_name="受托人", related_name="+")
    paper = models.CharField("书面凭据", max_length=200)
    noted_by = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="登记人", null=True, related_name="+"
    )
    noted_at = models.DateTimeField("登记时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)

    class Meta:
        verbose_name = "委托书"
        verbose_name_plural = "委托书"
        constraints = (
            models.UniqueConstraint(
                fields=["elector"], condition=Q(withdrawn_at=None), name="one_proxy_of_an_elector"
            ),
            models.CheckConstraint(condition=~Q(paper=""), name="proxy_is_written"),
        )

    def __str__(self) -> str:
        return f"{self.elector_id} → {self.holder_id}"


class PaperCode(models.Model):
    """The code on one printed slip, as its digest (纸质票编码).

    It names its elector in an open ballot only. What the first of two people typed waits here for the second
    and is erased when it counts.
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, verbose_name="表决", related_name="papers")
    digest = models.CharField("编码摘要", max_length=64)
    elector = models.ForeignKey(
        Elector, models.CASCADE, verbose_name="表决权人", null=True, related_name="papers"
    )
    typed = models.JSONField("先录的", default=list)
    first_by = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="先录人", null=True, related_name="+"
    )
    second_by = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="复核人", null=True, related_name="+"
    )

    class Meta:
        verbose_name = "纸质票编码"
        verbose_name_plural = "纸质票编码"
        constraints = (
            models.UniqueConstraint(fields=["ballot", "digest"], name="one_paper_of_a_code"),
            models.CheckConstraint(
                condition=Q(second_by=None) | ~Q(second_by=F("first_by")), name="paper_is_typed_by_two"
            ),
        )

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.digest[:8]}"


def _clause(written: dict[str, str]) -> Clause:
    return Clause(written["rule"], written["source"], written["article"], Mark(written["mark"]))
