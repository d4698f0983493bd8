"""Whatever is sent to the interfaces, they answer as they are described and never break."""

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from linli.gateways.api.interface import api
from tests import make
from tests.gateways import doors
from tests.world import World

EXAMPLES = 15
SCHEMA = schemathesis.openapi.from_dict(dict(api.get_openapi_schema()))
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
]  # fmt: skip
CALLS = [found.ok() for found in SCHEMA.get_all_operations()]


@pytest.fixture
def application() -> Iterator[Any]:
    """Answer in this thread and inside the test's own transaction, as Django's test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.label)
@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.value)
def test_the_rest_interface_answers_as_it_is_described(
    world: World, application: Any, call: Any, mode: Any
) -> None:
    key = doors.connect(world, way="system", most_a_minute=6000).key
    make.report(world, is_public=True)

    @hypothesis.settings(
        max_examples=EXAMPLES, database=None, derandomize=True, deadline=None,
        suppress_health_check=list(HealthCheck), phases=[hypothesis.Phase.generate],
    )  # fmt: skip
    @hypothesis.given(case=call.as_strategy(generation_mode=mode))
    def fuzz(case: Any) -> None:
        answer = case.call(app=application, headers={"Authorization": f"Bearer {key}"})
        case.validate_response(answer, checks=CHECKS)

    fuzz()
