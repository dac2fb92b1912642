"""Tables written as TOML."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from config.toml_text import dumps

PLAIN = (
    st.text(max_size=8)
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=4))
def test_what_is_written_is_read_back(table):
    """Any table of texts, numbers, lists and tables survives the way through TOML."""
    assert tomllib.loads(dumps(table)) == table


def test_the_text_looks_as_if_a_person_wrote_it():
    """Own keys first, then tables, lists of tables under their own headers."""
    table = {
        "groups": [{"prefix": "A", "legs": []}, {"prefix": "E"}],
        "name": "hall",
        "documents": {"id": {"uz": "«Hujjat»"}},
    }
    assert dumps(table) == (
        'name = "hall"\n\n[[groups]]\nprefix = "A"\nlegs = []\n\n[[groups]]\nprefix = "E"\n\n'
        '[documents.id]\nuz = "«Hujjat»"\n'
    )
