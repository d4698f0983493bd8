"""The frame as Django knows it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FrameConfig(AppConfig):
    """Register the checks of the ground on start."""

    name = "linli.frame"
    verbose_name = "框架"

    def ready(self) -> None:
        """Load the checks, and keep searched tables searched whenever their tables are changed."""
        from linli.frame import checks, finding  # noqa: F401, PLC0415  (registering is the import's purpose)

        post_migrate.connect(finding.keep_up, sender=self, dispatch_uid="linli.frame.finding")
