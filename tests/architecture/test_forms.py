"""Forms of the pages: what is typed never stands in an address."""

from __future__ import annotations

import re

import pytest

from tests.architecture.tree import ROOT

TEMPLATES = ROOT / "queue_server" / "web" / "templates"
#: a form that is sent by its address asks for days and rules, nothing else
BY_ADDRESS = {"/reports", "/estimates", "/integrity"}
FORMS = [
    (str(path.relative_to(TEMPLATES)), form)
    for path in sorted(TEMPLATES.rglob("*.html"))
    for form in re.findall(r"<form\b[^>]*>", path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("page", "form"), FORMS)
def test_a_form_says_how_it_is_sent(page: str, form: str) -> None:
    """Left to itself a browser puts what was typed, passwords too, into the address."""
    method = re.search(r'method="(\w+)"', form)
    assert method is not None, f"{page}: {form}"
    action = re.search(r'action="([^"]*)"', form)
    assert method[1] != "get" or (action and action[1] in BY_ADDRESS)
