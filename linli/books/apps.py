"""The room's place among Django's applications."""

from django.apps import AppConfig


class BooksConfig(AppConfig):
    """Name the room (账本)."""

    name = "linli.books"
    label = "books"
    verbose_name = "账本"
