"""Who takes part: people, and the accounts they enter with (人)."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from linli.frame.finding import NameTokensField
from linli.frame.vault import BlindIndex, EncryptedText


class Person(models.Model):
    """A human being the neighbourhood knows (人)."""

    key = models.CharField("代号", max_length=64, blank=True)
    name = models.CharField("姓名", max_length=40)
    gender = models.CharField("性别", max_length=8, blank=True)
    born_in = models.PositiveSmallIntegerField("出生年", null=True)
    phone = EncryptedText("电话", blank=True)
    phone_mark = BlindIndex("电话的检索标记", of="phone", purpose="phone")
    id_number = EncryptedText("公民身份号码", blank=True)
    id_number_mark = BlindIndex("公民身份号码的检索标记", of="id_number", purpose="id_number")
    email = EncryptedText("电子邮箱", blank=True)
    lives_at = models.ForeignKey(
        "places.Place", models.SET_NULL, verbose_name="住处", null=True, related_name="+"
    )
    about = models.CharField("简介", max_length=200, blank=True)
    trade = models.CharField("行业", max_length=32, blank=True, default="", db_default="")
    tokens = NameTokensField("检索词", of="name")

    class Meta:
        verbose_name = "人"
        verbose_name_plural = "人"
        constraints = (
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="person_key"),
            models.UniqueConstraint(fields=["id_number_mark"], name="one_person_of_an_id_number"),
        )
        indexes = (models.Index(fields=["phone_mark"], name="person_of_phone"),)

    def __str__(self) -> str:
        return self.name


class Accounts(BaseUserManager["Account"]):
    """Find and create accounts."""

    def get_queryset(self) -> models.QuerySet["Account"]:
        """Bring the person along: whoever signs in is a person on every page."""
        return super().get_queryset().select_related("person")

    def create_user(self, username: str, password: str | None = None, **facts: object) -> "Account":
        """Create an account; without a password nobody can enter with it by password."""
        account = self.model(username=username, **facts)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """What a person signs in with (账号)."""

    username = models.CharField("用户名", max_length=64, unique=True)
    person = models.OneToOneField(Person, models.CASCADE, verbose_name="人", related_name="account")
    is_active = models.BooleanField("启用", default=True)
    runs_site = models.BooleanField("系统管理员", default=False)
    must_change_password = models.BooleanField("须改密码", default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = Accounts()

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = "账号"

    def __str__(self) -> str:
        return self.username


class Household(models.Model):
    """The people who live together in a flat (户（人）)."""

    dwelling = models.OneToOneField(
        "places.Dwelling", models.CASCADE, verbose_name="房屋", related_name="household"
    )
    place_path = models.CharField("路径", max_length=48, db_index=True)

    class Meta:
        verbose_name = "户"
        verbose_name_plural = "户"

    def __str__(self) -> str:
        return str(self.pk)


class Member(models.Model):
    """Somebody who belongs to a household; one of it may speak for all (家庭成员、户代表)."""

    household = models.ForeignKey(Household, models.CASCADE, verbose_name="户", related_name="members")
    person = models.OneToOneField(Person, models.CASCADE, verbose_name="人", related_name="membership")
    is_delegate = models.BooleanField("户代表", default=False)

    class Meta:
        verbose_name = "家庭成员"
        verbose_name_plural = "家庭成员"
        constraints = (
            models.UniqueConstraint(
                fields=["household"], condition=Q(is_delegate=True), name="one_delegate_of_a_household"
            ),
        )

    def __str__(self) -> str:
        return f"{self.household_id} ← {self.person_id}"


class Ownership(models.Model):
    """Who bought a flat; several people hold it together (产权)."""

    dwelling = models.ForeignKey(
        "places.Dwelling", models.CASCADE, verbose_name="房屋", related_name="owners"
    )
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="业主", related_name="owns")

    class Meta:
        verbose_name = "产权"
        verbose_name_plural = "产权"
        constraints = (models.UniqueConstraint(fields=["dwelling", "person"], name="an_owner_owns_once"),)

    def __str__(self) -> str:
        return f"{self.dwelling_id} ← {self.person_id}"


class Kin(models.Model):
    """Two people who are near kin, each pair once (近亲属)."""

    one = models.ForeignKey(Person, models.CASCADE, verbose_name="一方", related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, verbose_name="另一方", related_name="+")
    relation = models.CharField("关系", max_length=20)

    class Meta:
        verbose_name = "近亲属"
        verbose_name_plural = "近亲属"
        constraints = (
            models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="kin_lower_number_first"),
            models.UniqueConstraint(fields=["one", "other"], name="kin_once"),
        )

    def __str__(self) -> str:
        return self.relation
