"""What can be suggested about a case (建议种类)."""

from django.db.models import TextChoices


class Question(TextChoices):
    """What can be suggested about a case."""

    CATEGORY = "category", "分类"
    ORDER = "order", "缓急"
    LEAD = "lead", "主办单位"
