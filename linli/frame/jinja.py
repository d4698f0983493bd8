"""What every template may use: addresses, dates, numbers and spacing (模板)."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment


def environment(**options: Any) -> Environment:
    """Build the environment of all templates."""
    env = Environment(**options, trim_blocks=True, lstrip_blocks=True)  # noqa: S701  (Django's backend turns autoescape on)
    env.globals.update(static=static, url=reverse)
    return env
