"""The description that is made from the code."""

from typing import Any

import pytest
from openapi_spec_validator import validate

from queue_server.bootstrap import Running
from tests.queue_server.web.callers import Browser


@pytest.fixture
def spec(running: Running) -> dict[str, Any]:
    """The description as anyone may read it."""
    found: dict[str, Any] = Browser(running).get("/api/v1/openapi.json").json
    return found


def test_it_is_valid_openapi(spec: dict[str, Any]) -> None:
    """A stranger's validator accepts it as OpenAPI 3.1."""
    validate(spec)
    assert spec["openapi"].startswith("3.1")


def test_it_describes_every_call(running: Running, spec: dict[str, Any]) -> None:
    """Each route below /api/v1 is there, with the shapes of its request and its reply."""
    rules = [r for r in running.web.app.url_map.iter_rules() if r.endpoint.startswith("api.")]
    assert len(rules) > 20
    for rule in rules:
        path = rule.rule.replace("<int:", "{").replace("<", "{").replace(">", "}")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            call = spec["paths"][path][method.lower()]
            assert call["x-right"]
            if method == "POST":
                assert "$ref" in call["requestBody"]["content"]["application/json"]["schema"]
                assert "application/problem+json" in call["responses"]["409"]["content"]
