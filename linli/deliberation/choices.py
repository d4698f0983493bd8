"""The closed lists of a sounding: what one says to a statement, and who sees it (选项)."""

from django.db.models import IntegerChoices, TextChoices


class Said(IntegerChoices):
    """What one says to a statement (表态)."""

    AGREE = 1, "同意"
    DISAGREE = -1, "不同意"
    PASS = 0, "说不清"


class Showing(TextChoices):
    """Who sees a statement (观点状态)."""

    WAITING = "waiting", "待审"
    SHOWN = "shown", "公开"
    HIDDEN = "hidden", "不公开"
