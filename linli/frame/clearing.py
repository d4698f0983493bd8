"""What phones sent is forgotten when none will ask for it again; the worker does it every day (清理)."""

from linli.frame import clock, once, photos_ahead, throttle


def every_day() -> None:
    """Forget old answers, photos whose form never came, and tries that slow nobody down."""
    at = clock.now()
    once.forget_old(at=at)
    photos_ahead.forget_old(at=at)
    throttle.forget_old(at=at)
