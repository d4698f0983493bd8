"""Teams and their members, activities and who signed up for them (文体活动)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Kind(models.TextChoices):
    """What sort of thing people do together (类别)."""

    ARTS = "arts", "文艺演出"
    SPORT = "sport", "体育健身"
    READING = "reading", "读书书画"
    FESTIVAL = "festival", "节庆民俗"
    CRAFT = "craft", "手工棋牌"
    OTHER = "other", "其他"


class Standing(models.TextChoices):
    """How somebody stands who signed up (报名情况)."""

    IN = "in", "已报上"
    WAITING = "waiting", "候补"
    WITHDRAWN = "withdrawn", "已退出"
    WALKED_IN = "walked_in", "现场来的"


class Team(models.Model):
    """Residents who do something together; only oneself may join (队伍)."""

    pack = models.CharField("方法包", max_length=32)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name="地点", related_name="+")
    place_path = models.CharField("路径", max_length=48)
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    words = models.CharField("做什么", max_length=200)
    leader = models.ForeignKey(
        "people.Person", models.SET_NULL, verbose_name="队长", null=True, related_name="+"
    )
    others = models.PositiveIntegerField("没有账号的队员（人）", default=0)
    founded_at = models.DateTimeField("登记时间")
    closed_at = models.DateTimeField("解散时间", null=True)

    class Meta:
        verbose_name = "文体队伍"
        verbose_name_plural = "文体队伍"
        indexes: ClassVar = [models.Index(fields=["place_path", "name"], name="team_within")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "name"], condition=Q(closed_at=None), name="team_once_at_a_place"
            )
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """Somebody who joined a team of their own will (队员)."""

    team = models.ForeignKey(Team, models.CASCADE, verbose_name="队伍", related_name="members")
    person = models.ForeignKey("people.Person", models.CASCADE, verbose_name="人", related_name="+")
    joined_at = models.DateTimeField("加入时间")

    class Meta:
        verbose_name = "队员"
        verbose_name_plural = "队员"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "person"], name="a_member_joins_a_team_once")
        ]

    def __str__(self) -> str:
        return f"{self.team_id} ← {self.person_id}"


class Activity(models.Model):
    """Something held at a place and a time, for as many as fit (活动).

    ``came`` is kept with every act and equals the sign-ups with ``came_at``; ``others`` are those who came
    without an account. A ``capacity`` of nought takes everybody.
    """

    number = models.CharField("编号", max_length=32, unique=True)
    pack = models.CharField("方法包", max_length=32)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name="地点", related_name="+")
    place_path = models.CharField("路径", max_length=48)
    team = models.ForeignKey(
        Team, models.SET_NULL, verbose_name="主办队伍", null=True, related_name="activities"
    )
    title = models.CharField("名称", max_length=80)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    words = models.TextField("内容", max_length=1000, blank=True)
    venue = models.CharField("活动地点", max_length=80)
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    capacity = models.PositiveIntegerField("名额", default=0)
    token = models.CharField("签到码", max_length=32)
    turn = models.PositiveIntegerField("改动次数", default=0)
    came = models.PositiveIntegerField("签到人次", default=0)
    others = models.PositiveIntegerField("没有账号的到场人次", default=0)
    posted_at = models.DateTimeField("发布时间")
    cancelled_at = models.DateTimeField("取消时间", null=True)
    cancelled_why = models.CharField("取消的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "文体活动"
        verbose_name_plural = "文体活动"
        indexes: ClassVar = [models.Index(fields=["place_path", "-starts_at"], name="activity_within")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="activity_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(came=0, others=0), name="nobody_came_to_what_was_cancelled"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def visits(self) -> int:
        """Return how many came, with an account or without (人次)."""
        return self.came + self.others


class SignUp(models.Model):
    """One person's place in the line for an activity, and whether they came (报名)."""

    activity = models.ForeignKey(Activity, models.CASCADE, verbose_name="活动", related_name="sign_ups")
    person = models.ForeignKey("people.Person", models.CASCADE, verbose_name="人", related_name="+")
    standing = models.CharField("报名情况", max_length=12, choices=Standing.choices)
    line = models.PositiveIntegerField("先后")
    asked_at = models.DateTimeField("报名时间")
    came_at = models.DateTimeField("签到时间", null=True)

    class Meta:
        verbose_name = "活动报名"
        verbose_name_plural = "活动报名"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "person"], name="one_signs_up_once"),
            models.UniqueConstraint(fields=["activity", "line"], name="each_has_a_place_in_the_line"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} ← {self.person_id}"

    @property
    def is_waiting(self) -> bool:
        """Tell whether they stand on the waiting list (候补)."""
        return self.standing == Standing.WAITING

    @property
    def is_in(self) -> bool:
        """Tell whether they have a place (已报上)."""
        return self.standing == Standing.IN
