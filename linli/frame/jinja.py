"""What every template may use: addresses, dates, numbers and spacing (模板)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.html import json_script
from django_htmx.jinja import htmx_script
from jinja2 import Environment, Template, Undefined, pass_context
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

from linli.core.masking import mask_phone
from linli.frame import addresses, citing, clock, elders, phone, wording


class Missing(Undefined):
    """A name the page was not given: it may be asked for, but not written out."""

    def __str__(self) -> str:
        return self._fail_with_undefined_error()


def written(value: Any) -> str:
    """Write a value into a page, escaped unless it is safe as it stands."""
    kind = type(value)
    safe: str = value if kind is Markup else _escape_inner(value) if kind is str else escape(value)
    return safe


class Writing(CodeGenerator):
    """Write templates as Jinja does, but what goes into the page goes there as plain text.

    Of a page as we have them a tenth of the time went into marking every piece as safe before all are joined.
    """

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.written(")


class Part(Template):
    """A template that others import from (模板)."""

    def _get_default_module(self, ctx: Context | None = None) -> Any:  # noqa: ARG002  (as Jinja asks)
        # Jinja looks each time whether the page has globals of its own. None has: all have the environment's.
        return super()._get_default_module()


class Pages(Environment):
    """The environment of all templates (模板环境)."""

    code_generator_class = Writing
    template_class = Part
    written = staticmethod(written)


def environment(**options: Any) -> Environment:
    """Build the environment of all templates."""
    built = Pages(**options | {"undefined": Missing}, trim_blocks=True, lstrip_blocks=True)
    # The name of a file does not change while a process runs.
    built.globals.update(
        static=lru_cache(maxsize=256)(static), url=address, option_list=option_list, htmx_script=htmx_script
    )
    built.filters.update(
        ago=ago, cited=citing.cite, day=day, deadline=deadline, device=wording.device,
        json_script=json_script,
        masked_phone=mask_phone, moment=moment,
        number=wording.number,
        points=points,
        pangu=wording.pangu, relative=relative,
    )  # fmt: skip
    return built


def present(request: HttpRequest) -> dict[str, object]:
    """Give every page one ``now``, so that no two figures disagree, one mark of its forms, and its print."""
    return {
        "now": clock.now(),
        "csrf_input": SimpleLazyObject(lambda: csrf_input(request)),
        "elders": elders.is_chosen(request),
        "elders_href": addresses.of("elders"),
        "owner": phone.owner_of(request),
    }


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """Find the address of a page by its name (网址)."""
    return reverse(name, kwargs=kwargs) if kwargs else addresses.of(name, *args)


def option_list(choices: Iterable[tuple[object, object]], value: object = "") -> Markup:
    """Write the options of a select; the same long list is written once (选项)."""
    return _options(tuple((str(key), str(words)) for key, words in choices), str(value))


@lru_cache(maxsize=256)
def _options(choices: tuple[tuple[str, str], ...], value: str) -> Markup:
    chosen = {value: Markup(" selected")}
    one = Markup('<option value="{}"{}>{}</option>')
    return Markup("").join(one.format(key, chosen.get(key, ""), words) for key, words in choices)


def points(values: Sequence[float], top: float) -> str:
    """Write the points of a line 200 wide, 46 down at nothing and 4 at ``top``, as a path (折线)."""
    step = 200 / ((len(values) - 1) or 1)
    return "L".join(f"{place * step:.1f} {46 - value / top * 42:.1f}" for place, value in enumerate(values))


@pass_context
def moment(context: Context, at: datetime) -> str:
    """Write an instant: 11月24日 周二 17:00."""
    return wording.moment(at, today=clock.day_of(_now(context)))


@pass_context
def deadline(context: Context, at: datetime) -> str:
    """Write the last instant of a term: 11月24日 周二 24:00 for the midnight that ends that day."""
    return wording.deadline(at, today=clock.day_of(_now(context)))


@pass_context
def day(context: Context, on: date) -> str:
    """Write a day: 11月24日 周二."""
    local = clock.day_of(on) if isinstance(on, datetime) else on
    return wording.day(local, today=clock.day_of(_now(context)))


@pass_context
def relative(context: Context, due: datetime) -> str:
    """Write how far a deadline is: 还有1天3小时, 已逾期2小时."""
    return wording.remaining(due, now=_now(context))


@pass_context
def ago(context: Context, at: datetime) -> str:
    """Write how long ago something happened: 3小时前."""
    return wording.ago(at, now=_now(context))


def _now(context: Context) -> datetime:
    # A macro imported without its page's context has no page time; the clock is as near as it gets.
    given = context.get("now")
    return given if isinstance(given, datetime) else clock.now()
