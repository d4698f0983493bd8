"""Topics, who takes part, what they lead to, opinions on them, and covenants (议事协商)."""

from django.db import models
from django.db.models import F, Q

from linli.deliberation.choices import Said, Showing


class Topic(models.Model):
    """What only a topic has: what it is about, the opinion, the resolution, what was told (议题).

    ``since`` is the instant at which it came to its present step; ``met_at`` when enough had signed a joint
    demand, and ``met_said`` the sentence that said so.
    """

    matter = models.OneToOneField(
        "matters.Matter", models.CASCADE, verbose_name="事项", primary_key=True, related_name="topic"
    )
    place_path = models.CharField("路径", max_length=48)
    words = models.TextField("内容", max_length=4000)
    opinion = models.TextField("协商意见", max_length=4000, blank=True)
    resolution = models.TextField("决议", max_length=4000, blank=True)
    result = models.TextField("落实结果", max_length=4000, blank=True)
    since = models.DateTimeField("本步开始")
    resolved_at = models.DateTimeField("决议时间", null=True)
    told_at = models.DateTimeField("反馈时间", null=True)
    supporters = models.PositiveIntegerField("附议人数", default=0)
    met_at = models.DateTimeField("联名达到时间", null=True)
    met_said = models.CharField("联名结论", max_length=400, blank=True)

    class Meta:
        verbose_name = "议题"
        verbose_name_plural = "议题"
        constraints = (
            models.CheckConstraint(
                condition=Q(resolved_at=None) | ~Q(resolution=""), name="resolution_has_words"
            ),
        )
        indexes = (models.Index(fields=["place_path", "-since", "-matter"], name="topic_within"),)

    def __str__(self) -> str:
        return str(self.matter_id)


class Origin(models.Model):
    """A matter out of which a topic grew: whoever raised or joined it is told (缘起事项)."""

    topic = models.ForeignKey(Topic, models.CASCADE, verbose_name="议题", related_name="origins")
    matter = models.ForeignKey(
        "matters.Matter", models.CASCADE, verbose_name="事项", related_name="origin_of"
    )

    class Meta:
        verbose_name = "缘起事项"
        verbose_name_plural = "缘起事项"
        constraints = (
            models.UniqueConstraint(fields=["topic", "matter"], name="a_matter_leads_to_a_topic_once"),
        )

    def __str__(self) -> str:
        return f"{self.topic_id} ← {self.matter_id}"


class Participant(models.Model):
    """Somebody who takes part in a deliberation: a body, a person, or a group in words (协商主体)."""

    topic = models.ForeignKey(Topic, models.CASCADE, verbose_name="议题", related_name="participants")
    name = models.CharField("名称", max_length=80)
    body = models.ForeignKey(
        "bodies.Body", models.PROTECT, verbose_name="组织", null=True, related_name="+", db_index=False
    )
    person = models.ForeignKey(
        "people.Person", models.CASCADE, verbose_name="人", null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = "协商主体"
        verbose_name_plural = "协商主体"
        constraints = (
            models.UniqueConstraint(fields=["topic", "name"], name="a_participant_takes_part_once"),
        )

    def __str__(self) -> str:
        return self.name


class NameSheet(models.Model):
    """A paper with names for a joint demand, kept as a file, and how many of them count (纸质联名表)."""

    topic = models.ForeignKey(Topic, models.CASCADE, verbose_name="议题", related_name="sheets")
    title = models.CharField("名称", max_length=120)
    file = models.FileField("文件", max_length=200)
    lines = models.PositiveIntegerField("行数")
    counted = models.PositiveIntegerField("计入人数")
    entered_by = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="录入人", related_name="+", db_index=False
    )
    entered_at = models.DateTimeField("录入时间")

    class Meta:
        verbose_name = "纸质联名表"
        verbose_name_plural = "纸质联名表"

    def __str__(self) -> str:
        return self.title


class Supporter(models.Model):
    """Somebody who put their name to what somebody else raised (附议人).

    ``sheet`` is the paper on which they did, on the day ``signed_on``; a name that its owner disowned counts
    no more, and stays so that nobody enters it again.
    """

    topic = models.ForeignKey(Topic, models.CASCADE, verbose_name="议题", related_name="supported_by")
    person = models.ForeignKey("people.Person", models.CASCADE, verbose_name="人", related_name="+")
    supported_at = models.DateTimeField("附议时间")
    sheet = models.ForeignKey(
        NameSheet, models.PROTECT, verbose_name="纸质联名表", null=True, related_name="names"
    )
    signed_on = models.DateField("签名日期", null=True)
    disowned_at = models.DateTimeField("否认时间", null=True)

    class Meta:
        verbose_name = "附议人"
        verbose_name_plural = "附议人"
        constraints = (models.UniqueConstraint(fields=["topic", "person"], name="a_person_supports_once"),)

    def __str__(self) -> str:
        return f"{self.topic_id} ← {self.person_id}"


class Task(models.Model):
    """One thing that a resolution asks of a body or a person, by a day (任务)."""

    topic = models.ForeignKey(Topic, models.CASCADE, verbose_name="议题", related_name="tasks")
    title = models.CharField("做什么", max_length=120)
    body = models.ForeignKey(
        "bodies.Body", models.PROTECT, verbose_name="责任单位", null=True, related_name="+", db_index=False
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="责任人", null=True, related_name="+", db_index=False
    )
    due_on = models.DateField("完成日期")
    added_at = models.DateTimeField("安排时间")
    report = models.CharField("进展", max_length=400, blank=True)
    reported_at = models.DateTimeField("报告时间", null=True)
    done_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = "任务"
        verbose_name_plural = "任务"
        constraints = (
            models.CheckConstraint(
                condition=Q(body=None, person__isnull=False) | Q(body__isnull=False, person=None),
                name="task_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(done_at__gte=F("added_at")),
                name="task_is_done_after_it_was_set",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Sounding(models.Model):
    """Residents say what they think of a topic, and to what others think (征集观点).

    ``map`` is the last picture drawn, out of ``drawn_votes`` votes; ``box`` holds all votes without
    a name, in an order of their own, from the moment it is closed.
    """

    topic = models.OneToOneField(
        Topic, models.CASCADE, verbose_name="议题", primary_key=True, related_name="sounding"
    )
    is_screened = models.BooleanField("先审后发")
    opened_at = models.DateTimeField("开始时间")
    closed_at = models.DateTimeField("结束时间", null=True)
    statements = models.PositiveIntegerField("公开的观点", default=0)
    votes = models.PositiveIntegerField("表态次数", default=0)
    drawn_at = models.DateTimeField("画图时间", null=True)
    drawn_votes = models.PositiveIntegerField("画图时的表态次数", default=0)
    drawn_people = models.PositiveIntegerField("画图时的表态人数", default=0)
    map = models.JSONField("观点图", null=True)
    box = models.JSONField("无名表态", null=True)

    class Meta:
        verbose_name = "征集观点"
        verbose_name_plural = "征集观点"
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="sounding_ends_late",
            ),
            models.CheckConstraint(condition=Q(box=None) | Q(closed_at__isnull=False), name="box_opens_last"),
        )

    def __str__(self) -> str:
        return str(self.topic_id)


class Statement(models.Model):
    """One sentence that somebody thinks of a topic; whose it is nobody sees (观点)."""

    sounding = models.ForeignKey(
        Sounding, models.CASCADE, verbose_name="征集观点", related_name="said", db_index=False
    )
    person = models.ForeignKey(
        "people.Person", models.SET_NULL, verbose_name="提出人", null=True, related_name="+"
    )
    words = models.CharField("观点", max_length=100)
    state = models.CharField("状态", max_length=8, choices=Showing.choices, default=Showing.WAITING)
    reason = models.CharField("不公开的理由", max_length=200, blank=True)
    votes = models.PositiveIntegerField("表态次数", default=0)
    added_at = models.DateTimeField("提出时间")

    class Meta:
        verbose_name = "观点"
        verbose_name_plural = "观点"
        constraints = (models.UniqueConstraint(fields=["sounding", "words"], name="statement_is_made_once"),)
        indexes = (models.Index(fields=["sounding", "state", "votes"], name="statement_to_vote_on"),)

    def __str__(self) -> str:
        return self.words


class Stance(models.Model):
    """What somebody says to a statement of somebody else; gone when the sounding is closed (表态)."""

    statement = models.ForeignKey(Statement, models.CASCADE, verbose_name="观点", related_name="stances")
    person = models.ForeignKey("people.Person", models.CASCADE, verbose_name="人", related_name="+")
    said = models.SmallIntegerField("表态", choices=Said.choices)

    class Meta:
        verbose_name = "表态"
        verbose_name_plural = "表态"
        constraints = (
            models.UniqueConstraint(fields=["statement", "person"], name="a_person_says_one_thing"),
            models.CheckConstraint(condition=Q(said__in=Said.values), name="stance_is_one_of_three"),
        )

    def __str__(self) -> str:
        return str(self.statement_id)


class Covenant(models.Model):
    """What households agreed to keep among themselves (公约).

    Each round of signing is a row of its own; ``renews`` is the round before, whose signatures stay with it.
    """

    topic = models.OneToOneField(
        Topic, models.CASCADE, verbose_name="议题", primary_key=True, related_name="covenant"
    )
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name="地点", related_name="+")
    text = models.TextField("正文", max_length=8000)
    needed = models.PositiveIntegerField("须签约户数")
    signed = models.PositiveIntegerField("签约户数", default=0)
    in_force_at = models.DateTimeField("生效时间", null=True)
    affirm_by = models.DateField("重申日期", null=True)
    ended_at = models.DateTimeField("终止时间", null=True)
    renews = models.OneToOneField(
        "self", models.PROTECT, verbose_name="重申的公约", null=True, related_name="renewed_by"
    )

    class Meta:
        verbose_name = "公约"
        verbose_name_plural = "公约"

    def __str__(self) -> str:
        return self.text[:20]


class Signature(models.Model):
    """A household that put its name to a covenant (签约)."""

    covenant = models.ForeignKey(Covenant, models.CASCADE, verbose_name="公约", related_name="signatures")
    household = models.CharField("户", max_length=64)
    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name="签约人", related_name="+")
    signed_at = models.DateTimeField("签约时间")

    class Meta:
        verbose_name = "签约"
        verbose_name_plural = "签约"
        constraints = (
            models.UniqueConstraint(fields=["covenant", "household"], name="a_household_signs_once"),
        )

    def __str__(self) -> str:
        return f"{self.covenant_id} ← {self.household}"


class Breach(models.Model):
    """A case in which somebody reported that a covenant is not kept (违约反映)."""

    covenant = models.ForeignKey(Covenant, models.CASCADE, verbose_name="公约", related_name="breaches")
    matter = models.OneToOneField(
        "matters.Matter", models.CASCADE, verbose_name="事项", primary_key=True, related_name="breach_of"
    )

    class Meta:
        verbose_name = "违约反映"
        verbose_name_plural = "违约反映"

    def __str__(self) -> str:
        return f"{self.covenant_id} ← {self.matter_id}"
