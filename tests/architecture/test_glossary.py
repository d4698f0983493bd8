"""One word, one meaning: what code calls a thing and what people read stand side by side in the glossary."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

from linli.core.acts import ACTS
from linli.core.steps import STEP_KINDS
from linli.places.models import Kind

GLOSSARY = tomllib.loads((Path(__file__).parents[2] / "docs" / "glossary.toml").read_text(encoding="utf-8"))


def _models() -> dict[str, str]:
    own = (model for model in apps.get_models() if model.__module__.startswith("linli."))
    return {
        re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower(): str(model._meta.verbose_name)
        for model in own
    }


SPOKEN = {
    "noun": _models(),
    "place": {kind.value: str(kind.label) for kind in Kind},
    "step": {kind.key: kind.title for kind in STEP_KINDS.values()},
    "act": {act.key: act.title for act in ACTS.values()},
}


@pytest.mark.parametrize("sort", SPOKEN)
def test_every_name_stands_in_the_glossary_with_its_chinese_word(sort: str) -> None:
    assert {key: GLOSSARY[sort].get(key, {}).get("zh") for key in SPOKEN[sort]} == SPOKEN[sort]


@pytest.mark.parametrize("sort", GLOSSARY)
def test_no_chinese_word_stands_for_two_things(sort: str) -> None:
    words = [term["zh"] for term in GLOSSARY[sort].values()]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize("sort", GLOSSARY)
def test_every_word_is_explained(sort: str) -> None:
    assert all(term["means"].strip() for term in GLOSSARY[sort].values())


@pytest.mark.parametrize("sort", SPOKEN)
def test_the_glossary_keeps_no_word_that_is_gone(sort: str) -> None:
    assert set(GLOSSARY[sort]) <= set(SPOKEN[sort])
