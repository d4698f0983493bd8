"""What may be looked at, and what somebody may ask about their own data (种类)."""

from django.db import models


class Item(models.TextChoices):
    """One thing that is kept masked (查看的内容)."""

    CONTACT = "contact", "称呼和电话"
    PHONE = "phone", "电话"
    ID_NUMBER = "id_number", "公民身份号码"
    CLAIM = "claim", "申请里写的内容"


class Wish(models.TextChoices):
    """What somebody asks about what is kept of them (申请事项)."""

    CORRECT = "correct", "更正"
    ERASE = "erase", "删除"


class Ruling(models.TextChoices):
    """What became of it (处理结果)."""

    GRANTED = "granted", "已照办"
    PARTLY = "partly", "部分照办"
    REFUSED = "refused", "不予办理"
    TAKEN_BACK = "taken_back", "本人撤回"
