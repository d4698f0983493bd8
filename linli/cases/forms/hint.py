"""A hint beside a field that is dear to work out: it is put into words only when it is shown (提示)."""

from collections.abc import Callable

from django.utils.safestring import SafeString


class Hint:
    """Say it when the page is made, not when the form is checked (提示)."""

    def __init__(self, say: Callable[[], SafeString]) -> None:
        self._say = say

    def __str__(self) -> str:
        return self._say()

    def __html__(self) -> str:
        return self._say()
