"""The closed lists of the thread: ways in, who may see, what one waits for (选项)."""

from django.db.models import TextChoices


class Visibility(TextChoices):
    """Who may see a matter besides those who work on it."""

    PARTIES = "parties", "仅当事人"
    PUBLIC = "public", "公开"


class Channel(TextChoices):
    """By which way it came in."""

    WEB = "web", "网页"
    GRID = "grid", "网格"
    WINDOW = "window", "窗口"
    PHONE = "phone", "电话"
    HOTLINE = "12345", "12345 热线"
    POLICE = "110", "110"
    LANE = "lane", "巷理事"
    RECEPTION = "recept", "代表接待"
    SYSTEM = "system", "对接系统"
    IMPORT = "import", "导入"


class Wait(TextChoices):
    """What one waits for."""

    STEP = "step", "办理"
    JOINT = "joint", "协办"
    SUMMON = "summon", "报到"
    EXTENSION = "extension", "批准延期"
    ESCALATION = "escalation", "督办"
    TASK = "task", "任务"
