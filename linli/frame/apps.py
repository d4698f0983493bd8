"""The frame as Django knows it."""

from django.apps import AppConfig


class FrameConfig(AppConfig):
    """Register the checks of the ground on start."""

    name = "linli.frame"
    verbose_name = "框架"

    def ready(self) -> None:
        """Load the checks."""
        from linli.frame import checks  # noqa: F401, PLC0415  (registering is the import's purpose)
