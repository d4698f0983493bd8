"""Keeping the floor as an act left it: what changed of motions, speeches and points of order (存下现场)."""

from linli.core.floor import Floor, Motion, Speech
from linli.meetings import models
from linli.meetings.access import Hall
from linli.meetings.models import Meeting


def keep(hall: Hall, after: Floor) -> None:
    """Write down what an act changed on the floor (存下现场)."""
    if after.chair != hall.floor.chair:
        Meeting.objects.filter(pk=hall.meeting.pk).update(chair=after.chair)
    _keep_points(hall, after)
    if hall.item is None:
        return
    for motion in set(after.motions) - set(hall.floor.motions):
        _keep_motion(hall, motion)
    was = {one.number for one in hall.floor.speeches}
    gone = was - {one.number for one in after.speeches}
    models.Speech.objects.filter(item=hall.item, number__in=gone).delete()
    for speech in sorted(set(after.speeches) - set(hall.floor.speeches), key=_ended_first):
        models.Speech.objects.update_or_create(
            item=hall.item,
            number=speech.number,
            defaults={
                "motion": speech.motion,
                "speaker": speech.speaker,
                "side": speech.side.value,
                "began_at": speech.began_at,
                "ended_at": speech.ended_at,
            },
        )


def _ended_first(speech: Speech) -> bool:
    return speech.ended_at is None


def _keep_motion(hall: Hall, motion: Motion) -> None:
    facts = {
        "kind": motion.kind.value,
        "words": motion.words,
        "mover": motion.mover,
        "seconder": motion.seconder,
        "stage": motion.stage.value,
        "is_closed": motion.is_closed,
        "settled_at": None if motion.stage.is_pending else hall.at,
    }
    models.Motion.objects.update_or_create(
        item=hall.item, number=motion.number, defaults=facts, create_defaults=facts | {"moved_at": hall.at}
    )


def _keep_points(hall: Hall, after: Floor) -> None:
    for point in set(after.points) - set(hall.floor.points):
        number = point.number
        row = models.PointOfOrder.objects.filter(meeting=hall.meeting, number=number, upheld=None).first()
        if row is None:
            number = models.PointOfOrder.objects.filter(meeting=hall.meeting).count() + 1
            row = models.PointOfOrder(
                meeting=hall.meeting, item=hall.item, number=number, raiser=point.raiser, raised_at=hall.at
            )
        row.words, row.upheld = point.words, point.upheld
        row.save()
