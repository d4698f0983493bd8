"""The thread: one table for everything that moves, and what hangs on it (事项)."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Concat

from linli.core.countdown import Countdown, CountdownColumns
from linli.frame.vault import EncryptedText
from linli.matters.choices import Channel, Visibility, Wait
from linli.matters.tokens import new_token

# In whose inbox a line stands, as one column: an inbox is one range of one index.
_INBOX = Case(
    When(body__isnull=False, then=Concat(Value("body "), Cast("body_id", models.CharField()))),
    When(place__isnull=False, then=Concat(F("office"), Value(" at "), Cast("place_id", models.CharField()))),
    When(person__isnull=False, then=Concat(Value("person "), Cast("person_id", models.CharField()))),
    default=Value(""),
)


class Clocked(models.Model):
    """Something with a term that runs, stands still and is extended (计时)."""

    clock_term = models.CharField("期限", max_length=24, blank=True)
    clock_extensions = models.CharField("延期", max_length=60, blank=True)
    clock_started_at = models.DateTimeField("计时开始", null=True)
    clock_running_since = models.DateTimeField("计时继续", null=True)
    clock_used = models.PositiveIntegerField("已用秒数", default=0)
    clock_worked = models.PositiveIntegerField("已用工作秒数", default=0)
    clock_granted = models.PositiveIntegerField("顺延秒数", default=0)
    due_at = models.DateTimeField("到期", null=True)

    class Meta:
        abstract = True

    @property
    def countdown(self) -> Countdown | None:
        """Return the running clock as a value; none when nothing is due."""
        if not self.clock_term or self.clock_started_at is None:
            return None
        return Countdown.from_columns(
            CountdownColumns(
                self.clock_term,
                self.clock_extensions,
                self.clock_started_at,
                self.clock_running_since,
                self.clock_used,
                self.clock_worked,
                self.clock_granted,
            )
        )

    @property
    def is_paused(self) -> bool:
        """Tell whether its clock stands still."""
        return bool(self.clock_term) and self.clock_running_since is None


class Matter(Clocked):
    """One piece of public business under a procedure (事项)."""

    number = models.CharField("编号", max_length=24, unique=True)
    token = models.CharField("查询码", max_length=16, unique=True, default=new_token)
    subject = models.CharField("种类", max_length=16)
    title = models.CharField("标题", max_length=80)
    place = models.ForeignKey(
        "places.Place", models.PROTECT, verbose_name="地点", related_name="+", db_index=False
    )
    place_path = models.CharField("路径", max_length=48)
    pack = models.CharField("方法包", max_length=32)
    edition = models.CharField("版本", max_length=16)
    procedure = models.CharField("程序", max_length=48)
    step = models.CharField("步骤", max_length=32)
    step_kind = models.CharField("步骤种类", max_length=16)
    turn = models.PositiveIntegerField("次序", default=0)
    category = models.CharField("分类", max_length=48)
    order = models.CharField("单别", max_length=16)
    level = models.CharField("层级", max_length=16)
    climb = models.SmallIntegerField("升降", default=0)
    climbed_at = models.DateTimeField("升降时间", null=True)
    lead = models.ForeignKey(
        "bodies.Body", models.PROTECT, verbose_name="主办单位", null=True, related_name="+"
    )
    channel = models.CharField("渠道", max_length=8, choices=Channel.choices)
    external_ref = models.CharField("外部编号", max_length=64, blank=True)
    due_by = models.DateTimeField("对方期限", null=True)
    visibility = models.CharField(
        "可见", max_length=8, choices=Visibility.choices, default=Visibility.PARTIES
    )
    raised_by = models.ForeignKey(
        "people.Person",
        models.SET_NULL,
        verbose_name="提出人",
        null=True,
        related_name="+",
        db_index=False,
    )
    opened_at = models.DateTimeField("提出时间")
    moved_at = models.DateTimeField("最近变动")
    answered_at = models.DateTimeField("答复时间", null=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    solved_level = models.CharField("办结层级", max_length=16, blank=True)
    outcome = models.CharField("结果", max_length=16, blank=True)
    reopened = models.PositiveSmallIntegerField("重办次数", default=0)
    pause_reason = models.CharField("暂停事由", max_length=32, blank=True)
    paused_at = models.DateTimeField("暂停时间", null=True)
    joined = models.PositiveIntegerField("同遇人数", default=0)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, verbose_name="并入", null=True, related_name="duplicates", db_index=False
    )

    class Meta:
        verbose_name = "事项"
        verbose_name_plural = "事项"
        constraints = (
            models.UniqueConstraint(
                fields=["channel", "external_ref"], condition=~Q(external_ref=""), name="matter_taken_in_once"
            ),
            models.CheckConstraint(
                condition=~Q(closed_at=None) | ~Q(due_at=None) | ~Q(paused_at=None) | ~Q(answered_at=None),
                name="open_matter_has_a_deadline",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="matter_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(climb=0, climbed_at=None)
                | Q(climb__in=(-1, 1)) & Q(climbed_at__gte=F("opened_at")),
                name="matter_climbs_at_an_instant",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(closed_at__isnull=False), name="merged_matter_is_closed"
            ),
        )
        indexes = (
            models.Index(fields=["place_path", "-opened_at", "-id"], name="matter_at_place"),
            models.Index(fields=["-opened_at", "-id", "place_path"], name="matter_newest"),
            models.Index(fields=["step", "-opened_at", "-id", "place_path"], name="matter_at_step"),
            models.Index(
                fields=["due_at", "place_path"],
                condition=Q(closed_at=None, answered_at=None),
                name="matter_open_and_due",
            ),
            models.Index(fields=["-moved_at", "-id"], condition=Q(visibility="public"), name="matter_public"),
            models.Index(fields=["raised_by", "-id"], name="matter_of_person"),
            models.Index(
                fields=["place_path", "-opened_at"], condition=Q(closed_at=None), name="matter_open_at_place"
            ),
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="matter_merged_into"
            ),
        )

    def __str__(self) -> str:
        return self.number


class Waiting(Clocked):
    """Somebody is to do something by an instant: one line of an inbox (待办)."""

    matter = models.ForeignKey(Matter, models.CASCADE, verbose_name="事项", related_name="waitings")
    what = models.CharField("待办", max_length=12, choices=Wait.choices, default=Wait.STEP)
    title = models.CharField("要做什么", max_length=60)
    role = models.CharField("角色", max_length=32)
    office = models.CharField("职务", max_length=48, blank=True)
    place = models.ForeignKey(
        "places.Place", models.PROTECT, verbose_name="地点", null=True, related_name="+", db_index=False
    )
    body = models.ForeignKey(
        "bodies.Body", models.PROTECT, verbose_name="组织", null=True, related_name="+", db_index=False
    )
    person = models.ForeignKey(
        "people.Person", models.CASCADE, verbose_name="人", null=True, related_name="+", db_index=False
    )
    inbox = models.GeneratedField(
        expression=_INBOX, output_field=models.CharField("收件箱", max_length=80), db_persist=True
    )
    is_ruling = models.BooleanField("待决定", default=False)
    since = models.DateTimeField("开始")
    escalated_at = models.DateTimeField("升级时间", null=True)

    class Meta:
        verbose_name = "待办"
        verbose_name_plural = "待办"
        indexes = (
            models.Index(fields=["inbox", "due_at", "id"], name="waiting_in_inbox"),
            models.Index(fields=["inbox", "due_at"], condition=Q(is_ruling=True), name="waiting_for_ruling"),
            models.Index(fields=["person"], condition=~Q(person=None), name="waiting_for_person"),
            models.Index(fields=["due_at"], condition=Q(escalated_at=None), name="waiting_not_escalated"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["matter", "what", "role"], condition=Q(body=None), name="a_role_waits_once"
            ),
            models.UniqueConstraint(
                fields=["matter", "what", "body"], condition=~Q(body=None), name="a_body_waits_once"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Extension(models.Model):
    """A request for more time: at most one open, and only as many granted as the pack allows (延期)."""

    matter = models.ForeignKey(Matter, models.CASCADE, verbose_name="事项", related_name="extensions")
    term = models.CharField("延长", max_length=24)
    reason = models.CharField("理由", max_length=400)
    asked_by = models.ForeignKey(
        "people.Person", models.SET_NULL, verbose_name="申请人", null=True, related_name="+"
    )
    asked_at = models.DateTimeField("申请时间")
    ruled_at = models.DateTimeField("批复时间", null=True)
    is_granted = models.BooleanField("批准", default=False)

    class Meta:
        verbose_name = "延期"
        verbose_name_plural = "延期"
        constraints = (
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ruled_at=None), name="one_extension_asked_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["matter"], condition=Q(is_granted=True), name="one_extension_granted"
            ),
        )

    def __str__(self) -> str:
        return self.term


class Attachment(models.Model):
    """A picture that belongs to a matter (附件)."""

    matter = models.ForeignKey(Matter, models.CASCADE, verbose_name="事项", related_name="attachments")
    file = models.CharField("文件", max_length=120)
    preview = models.CharField("缩略图", max_length=120)
    words = models.CharField("说明", max_length=120)
    act = models.CharField("动作", max_length=24)
    added_at = models.DateTimeField("加入时间")

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"

    def __str__(self) -> str:
        return self.words


class Follower(models.Model):
    """Somebody who met the same trouble, joined the matter and is told of each step (同遇人).

    ``merged_from`` is the duplicate by which they came; without an account they follow by ``token``.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, verbose_name="事项", related_name="followers")
    person = models.ForeignKey(
        "people.Person", models.CASCADE, verbose_name="人", null=True, related_name="+", db_index=False
    )
    token = models.CharField("查询码", max_length=16, unique=True, default=new_token)
    name = EncryptedText("称呼", blank=True)
    phone = EncryptedText("电话", blank=True)
    words = models.CharField("补充", max_length=400, blank=True)
    is_open = models.BooleanField("话可以公开", default=False)
    joined_at = models.DateTimeField("加入时间")
    left_at = models.DateTimeField("退出时间", null=True)
    merged_from = models.ForeignKey(
        Matter, models.CASCADE, verbose_name="随哪件并入", null=True, related_name="moved_followers"
    )

    class Meta:
        verbose_name = "同遇人"
        verbose_name_plural = "同遇人"
        constraints = (
            models.UniqueConstraint(
                fields=["matter", "person"], condition=Q(person__isnull=False), name="a_person_joins_once"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("joined_at")),
                name="follower_leaves_after_joining",
            ),
        )
        indexes = (
            models.Index(
                fields=["person", "-id"], condition=Q(person__isnull=False), name="followed_by_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.matter_id} ← {self.person_id or self.token}"


class Hearer(models.Model):
    """A deputy who received whoever raised the matter, and is told how it goes on (接待人).

    They did not raise it: what is answered is rated by whoever brought it.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, verbose_name="事项", related_name="hearers")
    person = models.ForeignKey("people.Person", models.CASCADE, verbose_name="人", related_name="+")

    class Meta:
        verbose_name = "接待人"
        verbose_name_plural = "接待人"
        constraints = (models.UniqueConstraint(fields=["matter", "person"], name="heard_once_by_a_person"),)

    def __str__(self) -> str:
        return f"{self.matter_id} ← {self.person_id}"


class Tally(models.Model):
    """A running count of matters at a place, kept with every act (计数)."""

    path = models.CharField("路径", max_length=48)
    measure = models.CharField("量", max_length=12)
    facet = models.CharField("面", max_length=12)
    key = models.CharField("值", max_length=48)
    on = models.DateField("日期")
    slot = models.PositiveSmallIntegerField("分格")
    count = models.IntegerField("数")

    class Meta:
        verbose_name = "计数"
        verbose_name_plural = "计数"
        constraints = (
            models.UniqueConstraint(
                fields=["path", "measure", "facet", "key", "on", "slot"], name="tally_cell"
            ),
        )

    def __str__(self) -> str:
        return f"{self.path} {self.measure} {self.facet}={self.key}: {self.count}"


class Numbering(models.Model):
    """The last number given out for a prefix and year (编号)."""

    prefix = models.CharField("前缀", max_length=12, unique=True)
    last = models.PositiveIntegerField("最后一号")

    class Meta:
        verbose_name = "编号"
        verbose_name_plural = "编号"

    def __str__(self) -> str:
        return f"{self.prefix}-{self.last}"
