"""The closed lists of cases: what a resident wants, a body's part in the work (种类)."""

from django.db.models import TextChoices

from linli.matters.choices import Channel


class ConcernKind(TextChoices):
    """What a resident wants (诉求类型)."""

    CONSULT = "consult", "咨询"
    HELP = "help", "求助"
    COMPLAINT = "complaint", "投诉"
    REPORT = "report", "举报"
    SUGGESTION = "suggestion", "建议"


# Whoever is informed against must never read it, by 信访工作条例 art. 30.
NEVER_PUBLIC = frozenset({ConcernKind.REPORT})
# Whoever called the police did not speak to the public; what the police hand over stays among offices.
SECRET_WAYS = frozenset({Channel.POLICE})


def stays_secret(*, kind: str, channel: str, is_asked: bool) -> bool:
    """Tell whether a concern may never be shown to everybody, for one because that was asked (不公开)."""
    return is_asked or kind in NEVER_PUBLIC or channel in SECRET_WAYS


class Part(TextChoices):
    """The body's part in the work."""

    LEAD = "lead", "主办"
    JOINT = "joint", "协办"
