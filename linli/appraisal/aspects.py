"""What is rated, and in which words (评价方面)."""

from django.db.models import TextChoices


class Aspect(TextChoices):
    """What is rated."""

    RESULT = "result", "办理结果"
    DEPARTMENT = "department", "报到部门"
    SUMMONER = "summoner", "吹哨方"
    JOINED = "joined", "同遇人的评价"


SCORES = {5: "很满意", 4: "满意", 3: "一般", 2: "不满意", 1: "很不满意"}
