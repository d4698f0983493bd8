"""Resident institutions, the three lists, and pledges until they are kept (驻区单位、三张清单、承诺)."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.frame.clock import day_of
from linli.frame.vault import EncryptedText


class Sort(models.TextChoices):
    """On which of the three lists something stands (三张清单)."""

    NEED = "need", "需求清单"
    RESOURCE = "resource", "资源清单"
    PROJECT = "project", "项目清单"


class Stage(models.TextChoices):
    """How far a pledge is (进度)."""

    PROMISED = "promised", "已承诺"
    BEGUN = "begun", "正在做"
    DONE = "done", "已做完"
    WITHDRAWN = "withdrawn", "已撤回"


class Score(models.TextChoices):
    """What the one who needed it says of what was done (反馈)."""

    MET = "met", "解决了"
    PARTLY = "partly", "解决了一部分"
    UNMET = "unmet", "没有解决"


OPEN = (Stage.PROMISED, Stage.BEGUN)


class LocalInstitution(models.Model):
    """An institution that works where people live: a school, a hospital, a company (驻区单位)."""

    pack = models.CharField("方法包", max_length=32)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name="地点", related_name="+")
    place_path = models.CharField("路径", max_length=48)
    name = models.CharField("名称", max_length=60)
    words = models.CharField("做什么", max_length=200, blank=True)
    contact = models.CharField("联系人", max_length=40, blank=True)
    phone = EncryptedText("电话", blank=True)
    entered_at = models.DateTimeField("登记时间")
    left_at = models.DateTimeField("迁出时间", null=True)

    class Meta:
        verbose_name = "驻区单位"
        verbose_name_plural = "驻区单位"
        indexes: ClassVar = [models.Index(fields=["place_path", "name"], name="institution_within")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "name"], condition=Q(left_at=None), name="institution_once_at_a_place"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Listing(models.Model):
    """Something needed, something to lend, or something to do together (清单条目).

    Without an ``institution`` it is the community's own. ``matter_number`` says out of which matter a need
    came, and ``asked_by`` who will say whether it was met.
    """

    sort = models.CharField("清单", max_length=8, choices=Sort.choices)
    pack = models.CharField("方法包", max_length=32)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name="地点", related_name="+")
    place_path = models.CharField("路径", max_length=48)
    institution = models.ForeignKey(
        LocalInstitution, models.PROTECT, verbose_name="驻区单位", null=True, related_name="listings"
    )
    title = models.CharField("名称", max_length=80)
    words = models.CharField("说明", max_length=400, blank=True)
    matter_number = models.CharField("来自事项", max_length=32, blank=True)
    asked_by = models.ForeignKey(
        "people.Person", models.SET_NULL, verbose_name="提出人", null=True, related_name="+"
    )
    listed_at = models.DateTimeField("列入时间")
    closed_at = models.DateTimeField("划去时间", null=True)

    class Meta:
        verbose_name = "共建清单条目"
        verbose_name_plural = "共建清单条目"
        indexes: ClassVar = [models.Index(fields=["place_path", "sort"], name="listing_within")]

    def __str__(self) -> str:
        return self.title


class Pledge(models.Model):
    """What an institution promised for a need, until when, and what became of it (承诺)."""

    number = models.CharField("编号", max_length=32, unique=True)
    institution = models.ForeignKey(
        LocalInstitution, models.PROTECT, verbose_name="驻区单位", related_name="pledges"
    )
    need = models.ForeignKey(Listing, models.PROTECT, verbose_name="需求", related_name="pledges")
    resource = models.ForeignKey(
        Listing, models.PROTECT, verbose_name="用到的资源", null=True, related_name="lent"
    )
    place_path = models.CharField("路径", max_length=48)
    title = models.CharField("承诺的事", max_length=200)
    due_on = models.DateField("兑现期限")
    stage = models.CharField("进度", max_length=10, choices=Stage.choices, default=Stage.PROMISED)
    promised_at = models.DateTimeField("承诺时间")
    done_at = models.DateTimeField("做完时间", null=True)
    done_words = models.CharField("做了什么", max_length=400, blank=True)
    withdrawn_why = models.CharField("撤回的原因", max_length=200, blank=True)
    score = models.CharField("反馈", max_length=8, choices=Score.choices, blank=True)
    score_words = models.CharField("反馈的话", max_length=400, blank=True)

    class Meta:
        verbose_name = "共建承诺"
        verbose_name_plural = "共建承诺"
        indexes: ClassVar = [models.Index(fields=["place_path", "due_on"], name="pledge_within")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "need"], condition=Q(stage__in=OPEN), name="one_open_pledge_for_a_need"
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.DONE) | Q(done_at__isnull=False),
                name="done_pledge_says_when",
            ),
            models.CheckConstraint(
                condition=Q(score="") | Q(stage=Stage.DONE), name="only_what_was_done_is_rated"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be kept (还没有兑现)."""
        return self.stage in OPEN

    def is_overdue(self, on: date) -> bool:
        """Tell whether the day by which it was to be kept is over (逾期)."""
        return self.is_open and on > self.due_on

    def outcome(self, on: date) -> str:
        """Say as a fact whether it was kept (兑现情况)."""
        if self.stage == Stage.WITHDRAWN:
            return "没有兑现，已撤回"
        if self.done_at is not None:
            return "按期兑现" if day_of(self.done_at) <= self.due_on else "逾期兑现"
        return "逾期没有兑现" if self.is_overdue(on) else str(Stage(self.stage).label)
