"""Volunteers, what is needed, and what was served (志愿服务)."""

from django.db import models
from django.db.models import F, Q

from linli.frame.vault import EncryptedText


class Stage(models.TextChoices):
    """How far a service is (进度)."""

    ASKED = "asked", "等答复"
    TAKEN = "taken", "已接单"
    DECLINED = "declined", "没有接"
    THERE = "there", "服务中"
    DONE = "done", "等确认"
    CONFIRMED = "confirmed", "已确认"
    VOID = "void", "不计时间"


class Volunteer(models.Model):
    """Somebody who offers to help, with what they can do and when, in their own words (志愿者).

    ``free`` holds a weekday and a part of the day a line (1.am); ``proven`` the skills whose papers were
    seen. ``branch`` is the party branch of a member who reported to where they live.
    """

    person = models.OneToOneField(
        "people.Person", models.CASCADE, verbose_name="人", primary_key=True, related_name="volunteer"
    )
    near = models.ForeignKey("places.Place", models.PROTECT, verbose_name="服务范围", related_name="+")
    near_path = models.CharField("路径", max_length=48, db_index=True)
    free = models.JSONField("有空的时段", default=list)
    skills = models.JSONField("会做的", default=list)
    proven = models.JSONField("核验过的", default=list)
    is_strong = models.BooleanField("能做体力活", default=False)
    guardian_agrees = models.BooleanField("监护人同意", default=False)
    insured_until = models.DateField("保险有效期", null=True)
    branch = models.CharField("党组织", max_length=80, blank=True)
    reported_at = models.DateTimeField("报到时间", null=True)
    offered_at = models.DateTimeField("报名时间")
    ended_at = models.DateTimeField("退出时间", null=True)

    class Meta:
        verbose_name = "志愿者"
        verbose_name_plural = "志愿者"

    def __str__(self) -> str:
        return str(self.person_id)


class Need(models.Model):
    """What somebody asks help with: where, when, which skill (需求).

    ``recipient`` is who is to be helped, when the register knows them; else a name and a telephone.
    """

    number = models.CharField("编号", max_length=32, unique=True)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name="地点", related_name="+")
    place_path = models.CharField("路径", max_length=48)
    words = models.TextField("要帮什么忙", max_length=2000)
    skill = models.CharField("服务类别", max_length=24)
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    wanted = models.PositiveSmallIntegerField("要几个人", default=1)
    is_heavy = models.BooleanField("要用力气", default=False)
    is_dangerous = models.BooleanField("可能有危险", default=False)
    recipient = models.ForeignKey(
        "people.Person", models.SET_NULL, verbose_name="服务对象", null=True, related_name="+"
    )
    contact_name = models.CharField("称呼", max_length=40, blank=True)
    contact_phone = EncryptedText("电话", blank=True)
    asked_at = models.DateTimeField("提出时间")
    closed_at = models.DateTimeField("结束时间（办结）", null=True)
    closed_why = models.CharField("结束的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "需求"
        verbose_name_plural = "需求"
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="need_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(wanted__gte=1), name="need_wants_somebody"),
        )
        indexes = (models.Index(fields=["place_path", "-starts_at"], name="need_within"),)

    def __str__(self) -> str:
        return self.number


class Service(models.Model):
    """One volunteer's part in one need, from the asking to the confirmed minutes (服务)."""

    need = models.ForeignKey(Need, models.PROTECT, verbose_name="需求", related_name="services")
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, verbose_name="志愿者", related_name="services")
    stage = models.CharField("进度", max_length=12, choices=Stage.choices, default=Stage.ASKED)
    asked_at = models.DateTimeField("派单时间", null=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    came_at = models.DateTimeField("签到时间", null=True)
    went_at = models.DateTimeField("签退时间", null=True)
    minutes = models.PositiveIntegerField("确认的分钟数", default=0)
    confirmed_at = models.DateTimeField("确认时间", null=True)

    class Meta:
        verbose_name = "服务"
        verbose_name_plural = "服务"
        constraints = (
            models.UniqueConstraint(fields=["need", "volunteer"], name="a_volunteer_serves_a_need_once"),
            models.CheckConstraint(
                condition=Q(minutes=0) | Q(confirmed_at__isnull=False), name="minutes_are_confirmed"
            ),
            models.CheckConstraint(
                condition=Q(went_at=None) | Q(went_at__gte=F("came_at")), name="whoever_went_had_come"
            ),
        )

    def __str__(self) -> str:
        return f"{self.need_id} ← {self.volunteer_id}"
