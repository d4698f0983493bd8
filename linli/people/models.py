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
