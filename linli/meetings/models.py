"""Meetings, who sits in them, what is on the agenda, and what was moved, said and signed (会议)."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from linli.core.floor import Kind, Side, Stage
from linli.matters.tokens import new_token


class Progress(models.TextChoices):
    """How far a meeting has come (进程)."""

    CALLED = "called", "已通知"
    OPEN = "open", "正在开会"
    ADJOURNED = "adjourned", "已休会"
    CLOSED = "closed", "已散会"
    CANCELLED = "cancelled", "已取消"


class Answer(models.TextChoices):
    """Whether somebody said they would come (回执)."""

    NONE = "", "没有回复"
    YES = "yes", "参加"
    NO = "no", "请假"


class Way(models.TextChoices):
    """How an answer came in, or how somebody signed in (方式)."""

    NONE = "", ""
    PHONE = "phone", "本人用手机"
    QR = "qr", "扫码"
    STAFF = "staff", "工作人员登记"


class Ended(models.TextChoices):
    """Why a proxy counts no longer (委托终止)."""

    NOT_YET = "", "没有终止"
    WITHDRAWN = "back", "已经撤销"
    CAME = "came", "本人到会，委托终止"


class Meeting(models.Model):
    """One meeting of a forum: when, where, how far it has come (会议).

    ``chair`` presides now, ``presiding`` whenever nothing is argued by them; both and ``recorder`` are keys
    of seats. ``resumed_at`` is when its present sitting began, if it is not the first. ``turn`` counts what
    changes for everybody, ``stirs`` what only the desk and the wall show.
    """

    number = models.CharField("编号", max_length=24, unique=True)
    token = models.CharField("签到码", max_length=16, unique=True, default=new_token)
    pack = models.CharField("方法包", max_length=32)
    edition = models.CharField("版本", max_length=8)
    forum = models.CharField("会议形式", max_length=48)
    forum_title = models.CharField("会议形式名称", max_length=60)
    title = models.CharField("会议名称", max_length=80)
    place = models.ForeignKey(
        "places.Place", models.PROTECT, verbose_name="地点", related_name="+", db_index=False
    )
    place_path = models.CharField("路径", max_length=48)
    body = models.ForeignKey("bodies.Body", models.PROTECT, verbose_name="组织", null=True, related_name="+")
    venue = models.CharField("会场", max_length=80)
    told_at = models.DateTimeField("通知时间")
    meets_at = models.DateTimeField("开会时间")
    urgent = models.CharField("提前召集的理由", max_length=400, blank=True)
    is_public = models.BooleanField("居民可以旁听", default=False)
    called_by = models.ForeignKey(
        "people.Person", models.SET_NULL, verbose_name="召集人", null=True, related_name="+"
    )
    progress = models.CharField("进程", max_length=10, choices=Progress.choices, default=Progress.CALLED)
    reason = models.CharField("取消的理由", max_length=400, blank=True)
    chair = models.CharField("主持席位", max_length=64, blank=True)
    presiding = models.CharField("主持人席位", max_length=64, blank=True)
    recorder = models.CharField("记录人席位", max_length=64, blank=True)
    opened_at = models.DateTimeField("开会", null=True)
    resumed_at = models.DateTimeField("复会", null=True)
    closed_at = models.DateTimeField("散会", null=True)
    signed_at = models.DateTimeField("纪要签定", null=True)
    turn = models.PositiveIntegerField("步次", default=0)
    stirs = models.PositiveIntegerField("动静", default=0)

    class Meta:
        verbose_name = "会议"
        verbose_name_plural = "会议"
        indexes = (models.Index(fields=["place_path", "meets_at"], name="meetings_of_place"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(meets_at__gt=F("told_at")), name="meeting_is_told_before_it_meets"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="meeting_closes_after_it_opened",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Tell whether it is being held now."""
        return self.progress == Progress.OPEN

    @property
    def is_adjourned(self) -> bool:
        """Tell whether it was broken off, to go on at a later time."""
        return self.progress == Progress.ADJOURNED

    @property
    def is_coming(self) -> bool:
        """Tell whether people are to come to it and it is not being held: called, or adjourned."""
        return self.progress in (Progress.CALLED, Progress.ADJOURNED)

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more will happen in it: closed or called off."""
        return self.progress in (Progress.CLOSED, Progress.CANCELLED)

    @property
    def began_at(self) -> datetime | None:
        """Return when its present or last sitting began."""
        return self.resumed_at or self.opened_at

    @property
    def is_held(self) -> bool:
        """Tell whether it was opened, so that there was a quorum, and closed for good."""
        return self.progress == Progress.CLOSED

    @property
    def is_broken_off(self) -> bool:
        """Tell whether it was adjourned and then ended without coming together again (不再复会)."""
        return self.is_held and bool(self.reason)

    @property
    def is_cancelled(self) -> bool:
        """Tell whether it was called off."""
        return self.progress == Progress.CANCELLED

    @property
    def met_quorum(self) -> bool:
        """Tell whether enough had come when it was opened: without a quorum nobody opens it."""
        return self.opened_at is not None

    @property
    def minutes_signed(self) -> bool:
        """Tell whether its minutes are signed and locked."""
        return self.signed_at is not None


class Sitting(models.Model):
    """One time that a meeting came together and went apart again: adjourned, or too few had come (会次).

    ``came`` says who was there, as it stood when it ended. The last sitting is the meeting itself.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="会议", related_name="sittings")
    number = models.PositiveSmallIntegerField("次序")
    venue = models.CharField("会场", max_length=80)
    told_at = models.DateTimeField("通知时间")
    meets_at = models.DateTimeField("原定时间")
    opened_at = models.DateTimeField("开会", null=True)
    ended_at = models.DateTimeField("结束")
    reason = models.CharField("理由", max_length=400)
    came = models.TextField("到会")

    class Meta:
        verbose_name = "会次"
        verbose_name_plural = "会次"
        constraints = (models.UniqueConstraint(fields=["meeting", "number"], name="one_sitting_a_number"),)

    def __str__(self) -> str:
        return f"{self.meeting_id}.{self.number}"


class AgendaItem(models.Model):
    """One item of the agenda, dealt with alone and in order (议程)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="会议", related_name="items")
    position = models.PositiveSmallIntegerField("次序")
    title = models.CharField("议题", max_length=120)
    words = models.TextField("说明", max_length=2000, blank=True)
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, verbose_name="事项", null=True, related_name="agenda_items"
    )
    added_at = models.DateTimeField("列入时间")
    began_at = models.DateTimeField("开始", null=True)
    ended_at = models.DateTimeField("结束", null=True)

    class Meta:
        verbose_name = "议程"
        verbose_name_plural = "议程"
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["meeting", "position"], name="one_item_at_a_position"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(began_at__isnull=False, ended_at=None),
                name="one_item_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return self.title


class MeetingPaper(models.Model):
    """Something to read before the meeting (会议材料)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="会议", related_name="papers")
    title = models.CharField("名称", max_length=120)
    file = models.FileField("文件", max_length=200)
    added_at = models.DateTimeField("加入时间")

    class Meta:
        verbose_name = "会议材料"
        verbose_name_plural = "会议材料"

    def __str__(self) -> str:
        return self.title


class Seat(models.Model):
    """One place in the meeting: a head of the roll, or somebody invited without a vote (席位)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="会议", related_name="seats")
    key = models.CharField("表决权人", max_length=64)
    name = models.CharField("姓名", max_length=80)
    is_entitled = models.BooleanField("有表决权", default=True)
    household = models.CharField("户", max_length=64, blank=True)
    area = models.BigIntegerField("面积（平方厘米）", default=0)
    answer = models.CharField("回执", max_length=4, choices=Answer.choices, default="", blank=True)
    answered_way = models.CharField("回执方式", max_length=8, choices=Way.choices, default="", blank=True)
    answered_by = models.ForeignKey(
        "people.Person", models.SET_NULL, verbose_name="登记人", null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("本人确认", null=True)
    signed_in_at = models.DateTimeField("签到", null=True)
    signed_in_way = models.CharField("签到方式", max_length=8, choices=Way.choices, default="", blank=True)
    left_at = models.DateTimeField("离会", null=True)
    held_by = models.ForeignKey(
        "self", models.SET_NULL, verbose_name="受托席位", null=True, related_name="holds"
    )

    class Meta:
        verbose_name = "席位"
        verbose_name_plural = "席位"
        constraints = (
            models.UniqueConstraint(fields=["meeting", "key"], name="one_seat_a_voter"),
            models.CheckConstraint(condition=Q(area__gte=0), name="seat_area_is_not_negative"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_present(self) -> bool:
        """Tell whether they have signed in and not left."""
        return self.signed_in_at is not None and self.left_at is None

    @property
    def is_represented(self) -> bool:
        """Tell whether whoever holds their written proxy is there, so that they count as there."""
        return self.held_by is not None and self.held_by.is_present


class Sitter(models.Model):
    """A person who may act for a seat: co-owners and members of a household share one (代表席位的人)."""

    seat = models.ForeignKey(Seat, models.CASCADE, verbose_name="席位", related_name="sitters")
    person = models.ForeignKey("people.Person", models.CASCADE, verbose_name="人", related_name="+")

    class Meta:
        verbose_name = "代表席位的人"
        verbose_name_plural = "代表席位的人"
        constraints = (models.UniqueConstraint(fields=["seat", "person"], name="one_sitter_a_person"),)

    def __str__(self) -> str:
        return f"{self.seat_id} ← {self.person_id}"


class SeatProxy(models.Model):
    """A written paper by which a seat lets another of the roll stand for it (会议委托书)."""

    seat = models.ForeignKey(Seat, models.CASCADE, verbose_name="委托席位", related_name="proxies")
    holder = models.ForeignKey("people.Person", models.PROTECT, verbose_name="受托人", related_name="+")
    paper = models.CharField("书面凭据", max_length=200)
    noted_by = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="登记人", null=True, related_name="+"
    )
    noted_at = models.DateTimeField("登记时间")
    ended = models.CharField("终止", max_length=4, choices=Ended.choices, default=Ended.NOT_YET, blank=True)
    ended_at = models.DateTimeField("终止时间", null=True)

    class Meta:
        verbose_name = "会议委托书"
        verbose_name_plural = "会议委托书"
        constraints = (
            models.UniqueConstraint(fields=["seat"], condition=Q(ended_at=None), name="one_proxy_of_a_seat"),
            models.CheckConstraint(condition=~Q(paper=""), name="seat_proxy_is_written"),
        )

    def __str__(self) -> str:
        return f"{self.seat_id} → {self.holder_id}"


class Recusal(models.Model):
    """Somebody takes no part in one item, being concerned or kin (回避)."""

    seat = models.ForeignKey(Seat, models.CASCADE, verbose_name="席位", related_name="recusals")
    item = models.ForeignKey(AgendaItem, models.CASCADE, verbose_name="议程", related_name="recusals")
    reason = models.CharField("事由", max_length=200)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "回避"
        verbose_name_plural = "回避"
        constraints = (models.UniqueConstraint(fields=["seat", "item"], name="recused_once_from_an_item"),)

    def __str__(self) -> str:
        return self.reason


class Motion(models.Model):
    """What the meeting was asked to decide, how far it came, and the count (动议)."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, verbose_name="议程", related_name="motions")
    number = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("种类", max_length=8, choices=[(one.value, one.title) for one in Kind])
    words = models.TextField("内容", max_length=2000)
    mover = models.CharField("动议人", max_length=64)
    seconder = models.CharField("附议人", max_length=64, blank=True)
    stage = models.CharField("进度", max_length=10, choices=[(one.value, one.title) for one in Stage])
    is_closed = models.BooleanField("已结束辩论", default=False)
    moved_at = models.DateTimeField("提出时间")
    settled_at = models.DateTimeField("结果时间", null=True)
    agreeing = models.PositiveIntegerField("赞成", null=True)
    against = models.PositiveIntegerField("反对", null=True)
    abstaining = models.PositiveIntegerField("弃权", null=True)
    said = models.CharField("结论", max_length=400, blank=True)
    clause = models.CharField("依据", max_length=200, blank=True)
    ballot = models.CharField("表决", max_length=24, blank=True)

    class Meta:
        verbose_name = "动议"
        verbose_name_plural = "动议"
        constraints = (
            models.UniqueConstraint(fields=["item", "number"], name="one_motion_a_number"),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(kind=Kind.MAIN.value, stage__in=("moved", "seconded", "debated", "put")),
                name="one_motion_on_the_floor",
            ),
        )

    def __str__(self) -> str:
        return self.words


class Speech(models.Model):
    """A hand up, and what became of it (发言)."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, verbose_name="议程", related_name="speeches")
    number = models.PositiveSmallIntegerField("次序")
    motion = models.PositiveSmallIntegerField("动议")
    speaker = models.CharField("发言人", max_length=64)
    side = models.CharField("立场", max_length=8, choices=[(one.value, one.title) for one in Side])
    began_at = models.DateTimeField("开始", null=True)
    ended_at = models.DateTimeField("结束", null=True)

    class Meta:
        verbose_name = "发言"
        verbose_name_plural = "发言"
        constraints = (
            models.UniqueConstraint(fields=["item", "number"], name="one_speech_a_number"),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(began_at__isnull=False, ended_at=None),
                name="one_speaker_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return self.speaker


class PointOfOrder(models.Model):
    """Somebody said that a rule was broken, and what the chair ruled (秩序问题)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="会议", related_name="points")
    item = models.ForeignKey(AgendaItem, models.CASCADE, verbose_name="议程", null=True, related_name="+")
    number = models.PositiveSmallIntegerField("次序")
    raiser = models.CharField("提出人", max_length=64)
    words = models.CharField("内容", max_length=200)
    upheld = models.BooleanField("成立", null=True)
    raised_at = models.DateTimeField("提出时间")

    class Meta:
        verbose_name = "秩序问题"
        verbose_name_plural = "秩序问题"
        constraints = (models.UniqueConstraint(fields=["meeting", "number"], name="one_point_a_number"),)

    def __str__(self) -> str:
        return self.words


class Remark(models.Model):
    """What the recorder adds to the minutes; all else writes itself (纪要补充)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="会议", related_name="remarks")
    item = models.ForeignKey(
        AgendaItem, models.CASCADE, verbose_name="议程", null=True, related_name="remarks"
    )
    words = models.TextField("内容", max_length=2000)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "纪要补充"
        verbose_name_plural = "纪要补充"

    def __str__(self) -> str:
        return self.words


class MinutesSignature(models.Model):
    """Somebody signed the minutes as they stood, by their digest (纪要签名)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="会议", related_name="signatures")
    role = models.CharField("身份", max_length=8, choices=(("chair", "主持人"), ("recorder", "记录人")))
    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name="人", related_name="+")
    name = models.CharField("姓名", max_length=40)
    digest = models.CharField("纪要摘要", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "纪要签名"
        verbose_name_plural = "纪要签名"
        constraints = (models.UniqueConstraint(fields=["meeting", "role"], name="signed_once_in_a_role"),)

    def __str__(self) -> str:
        return self.name


class CalendarFeed(models.Model):
    """The secret address under which a person's calendar is fetched (日历订阅)."""

    person = models.OneToOneField("people.Person", models.CASCADE, verbose_name="人", related_name="+")
    token = models.CharField("订阅码", max_length=40, unique=True)
    made_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "日历订阅"
        verbose_name_plural = "日历订阅"

    def __str__(self) -> str:
        return str(self.person_id)
