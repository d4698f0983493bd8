"""What phones sent is forgotten when none will ask for it again; the worker does it every day (清理)."""

from linli.frame import clock, once, photos_ahead


def every_day() -> None:
    """Forget old answers, and photos whose form never came."""
    at = clock.now()
    once.forget_old(at=at)
    photos_ahead.forget_old(at=at)
