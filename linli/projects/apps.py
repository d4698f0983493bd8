"""The room's place among Django's applications."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Name the room (居民自治项目)."""

    name = "linli.projects"
    label = "projects"
    verbose_name = "居民自治项目"
