"""Outside systems, their keys, and what they hand over and are told (对接)."""

from django.db import models
from django.db.models import Q

from linli.frame.leaving import Outgoing
from linli.frame.vault import EncryptedText
from linli.gateways.choices import Carried, Decision, Door, Facet, KnownHere, Often, Way


class System(models.Model):
    """An outside system that is connected: what it may do, and why (对接系统)."""

    name = models.CharField("名称", max_length=40)
    owner = models.CharField("主管单位和联系人", max_length=120)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name="范围", related_name="+")
    place_path = models.CharField("路径", max_length=48, db_index=True)
    pack = models.CharField("方法包", max_length=32)
    reads = models.BooleanField("读事项", default=False)
    writes = models.BooleanField("报事项", default=False)
    hands_over = models.BooleanField("热线转办", default=False)
    way = models.CharField("渠道", max_length=8, choices=Way.choices, default=Way.SYSTEM)
    purpose = models.CharField("使用个人信息的目的", max_length=200, blank=True)
    most_a_minute = models.PositiveIntegerField("每分钟最多次数", default=120)
    connected_at = models.DateTimeField("接入时间")
    ended_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = "对接系统"
        verbose_name_plural = "对接系统"
        constraints = (
            models.UniqueConstraint(fields=["place", "name"], name="a_system_is_connected_once_at_a_place"),
            models.CheckConstraint(condition=Q(most_a_minute__gte=1), name="a_system_may_call_at_all"),
        )

    def __str__(self) -> str:
        return self.name


class Key(models.Model):
    """What a system shows at the door; only its digest is kept (对接密钥)."""

    system = models.ForeignKey(System, models.CASCADE, verbose_name="对接系统", related_name="keys")
    prefix = models.CharField("开头", max_length=12, unique=True)
    digest = models.CharField("摘要", max_length=64)
    made_at = models.DateTimeField("生成时间")
    expires_at = models.DateTimeField("有效期至")
    revoked_at = models.DateTimeField("作废时间", null=True)

    class Meta:
        verbose_name = "对接密钥"
        verbose_name_plural = "对接密钥"

    def __str__(self) -> str:
        return self.prefix


class Use(models.Model):
    """How often a system came through a door on a day, and in the present minute (调用次数)."""

    system = models.ForeignKey(System, models.CASCADE, verbose_name="对接系统", related_name="uses")
    door = models.CharField("接口", max_length=8, choices=Door.choices)
    on = models.DateField("日期")
    calls = models.PositiveIntegerField("次数", default=0)
    minute = models.PositiveSmallIntegerField("分钟", default=0)
    in_minute = models.PositiveIntegerField("这一分钟的次数", default=0)
    last_at = models.DateTimeField("最近一次")

    class Meta:
        verbose_name = "调用次数"
        verbose_name_plural = "调用次数"
        constraints = (
            models.UniqueConstraint(fields=["system", "door", "on"], name="a_day_of_a_door_is_counted_once"),
        )

    def __str__(self) -> str:
        return f"{self.system_id} {self.door} {self.on}"


class Handover(models.Model):
    """A matter that a system handed over, under the number it has there (交接单)."""

    system = models.ForeignKey(System, models.PROTECT, verbose_name="对接系统", related_name="handovers")
    external_ref = models.CharField("对方编号", max_length=64)
    matter = models.ForeignKey("matters.Matter", models.CASCADE, verbose_name="事项", related_name="+")
    digest = models.CharField("内容摘要", max_length=64)
    taken_in_at = models.DateTimeField("接收时间")
    recalled_at = models.DateTimeField("撤单时间", null=True)

    class Meta:
        verbose_name = "交接单"
        verbose_name_plural = "交接单"
        constraints = (
            models.UniqueConstraint(fields=["system", "external_ref"], name="handed_over_once"),
            models.UniqueConstraint(fields=["system", "matter"], name="a_matter_has_one_number_there"),
        )

    def __str__(self) -> str:
        return self.external_ref


class Match(models.Model):
    """A word of an outside system and what it is called here; empty until somebody says so (对照)."""

    system = models.ForeignKey(System, models.CASCADE, verbose_name="对接系统", related_name="matches")
    facet = models.CharField("哪一项", max_length=8, choices=Facet.choices)
    theirs = models.CharField("对方的说法", max_length=80)
    ours = models.CharField("我们的代号", max_length=64, blank=True)
    seen_at = models.DateTimeField("第一次见到", null=True)

    class Meta:
        verbose_name = "说法对照"
        verbose_name_plural = "说法对照"
        constraints = (
            models.UniqueConstraint(fields=["system", "facet", "theirs"], name="a_word_is_matched_once"),
        )

    def __str__(self) -> str:
        return f"{self.theirs} → {self.ours}"


class Hook(models.Model):
    """Where a system wants to be told what happens; it follows the record up to an entry (回调)."""

    system = models.ForeignKey(System, models.CASCADE, verbose_name="对接系统", related_name="hooks")
    url = models.CharField("网址", max_length=400)
    secret = EncryptedText("签名密钥")
    followed = models.PositiveBigIntegerField("已读到的条目")
    began_at = models.DateTimeField("开始时间")
    failures = models.PositiveSmallIntegerField("连续失败次数", default=0)
    resting_until = models.DateTimeField("歇到", null=True)
    ended_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = "回调"
        verbose_name_plural = "回调"
        constraints = (
            models.UniqueConstraint(
                fields=["system", "url"], condition=Q(ended_at=None), name="an_address_is_called_once"
            ),
        )

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One thing that happened, on its way to one hook; sent again until it arrives or is given up (投递)."""

    hook = models.ForeignKey(Hook, models.CASCADE, verbose_name="回调", related_name="deliveries")
    entry = models.PositiveBigIntegerField("记录条目")
    event = models.CharField("事件", max_length=20)
    number = models.CharField("事项编号", max_length=24)
    body = models.TextField("内容")
    made_at = models.DateTimeField("发生时间")
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    try_after = models.DateTimeField("下次尝试", null=True)
    arrived_at = models.DateTimeField("送达时间", null=True)
    given_up_at = models.DateTimeField("放弃时间", null=True)
    trouble = models.CharField("没送到的原因", max_length=120, blank=True)

    class Meta:
        verbose_name = "投递"
        verbose_name_plural = "投递"
        constraints = (
            models.UniqueConstraint(fields=["hook", "entry"], name="an_entry_is_told_a_hook_once"),
        )
        indexes = (
            models.Index(
                fields=["hook", "id"],
                condition=Q(arrived_at=None, given_up_at=None),
                name="deliveries_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"{self.event} {self.number}"


class OutsideApp(models.Model):
    """An app of somebody else that asks grid workers for data, and what was decided about it (外部应用)."""

    name = models.CharField("名称", max_length=60)
    owner = models.CharField("主管单位", max_length=80)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name="范围", related_name="+")
    place_path = models.CharField("路径", max_length=48, db_index=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    asks = models.TextField("要填的数据项", max_length=1000)
    often = models.CharField("多久一次", max_length=8, choices=Often.choices)
    minutes_a_week = models.PositiveSmallIntegerField("每人每周分钟数")
    known_here = models.CharField("本系统已有", max_length=4, choices=KnownHere.choices)
    checks_in = models.BooleanField("打卡签到", default=False)
    gives_points = models.BooleanField("积分排名", default=False)
    counts_online = models.BooleanField("考核在线时长", default=False)
    wants_photos = models.BooleanField("不必要的照片、视频、轨迹", default=False)
    decision = models.CharField("处理意见", max_length=8, choices=Decision.choices, blank=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    decided_on = models.DateField("决定日期", null=True)
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "外部应用"
        verbose_name_plural = "外部应用"
        constraints = (
            models.UniqueConstraint(fields=["place", "name"], name="an_app_is_entered_once_at_a_place"),
            models.CheckConstraint(
                condition=Q(decision="", decided_on=None) | (~Q(decision="") & Q(decided_on__isnull=False)),
                name="a_decision_has_its_day",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Carrier(models.Model):
    """A robot of a group or a gateway for short messages that serves a place (消息通道)."""

    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name="范围", related_name="+")
    place_path = models.CharField("路径", max_length=48, db_index=True)
    kind = models.CharField("方式", max_length=8, choices=Carried.choices)
    url = EncryptedText("通道地址")
    made_at = models.DateTimeField("设置时间")
    ended_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = "消息通道"
        verbose_name_plural = "消息通道"
        constraints = (
            models.UniqueConstraint(
                fields=["place", "kind"], condition=Q(ended_at=None), name="a_place_has_one_carrier_of_a_kind"
            ),
        )

    def __str__(self) -> str:
        return f"{self.place_id} {self.kind}"


class Reaching(models.Model):
    """How somebody wants to be reached besides the product (收信方式)."""

    person = models.OneToOneField("people.Person", models.CASCADE, verbose_name="人", related_name="+")
    kind = models.CharField("方式", max_length=8, choices=Carried.choices)

    class Meta:
        verbose_name = "收信方式"
        verbose_name_plural = "收信方式"

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class Message(Outgoing):
    """A letter on its way through a carrier, at most once: claimed before it leaves (外发消息)."""

    letter = models.OneToOneField(
        "outbox.Letter", models.CASCADE, verbose_name="信件", related_name="+", primary_key=True
    )
    carrier = models.ForeignKey(Carrier, models.CASCADE, verbose_name="消息通道", related_name="messages")
    text = models.CharField("内容", max_length=300)
    group_key = models.CharField("同一条", max_length=64, blank=True)
    written_at = models.DateTimeField("写信时间")
    trouble = models.CharField("未发出的原因", max_length=120, blank=True)

    class Meta:
        verbose_name = "外发消息"
        verbose_name_plural = "外发消息"
        constraints = (
            models.UniqueConstraint(
                fields=["carrier", "group_key"], condition=~Q(group_key=""), name="a_group_is_told_once"
            ),
        )
        indexes = (
            models.Index(
                fields=["try_after"], condition=Q(sent_at=None, claimed_at=None), name="messages_waiting"
            ),
        )

    def __str__(self) -> str:
        return self.text
