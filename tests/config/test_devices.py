"""The settings of kiosk and board."""

import pytest

from config import loader
from config.devices import Board, Kiosk, load_board, load_kiosk

SHIPPED = [("kiosk.toml", load_kiosk, Kiosk), ("board.toml", load_board, Board)]


@pytest.mark.parametrize(("name", "load", "model"), SHIPPED)
def test_the_shipped_file_says_the_defaults(name, load, model):
    """The settings reference cannot drift from the code."""
    assert load(loader.FOLDER / name) == model()


@pytest.mark.parametrize(("name", "load", "model"), SHIPPED)
def test_the_shipped_file_names_every_setting(name, load, model):
    """There is no secret setting; the size stands there as a comment."""
    path = loader.FOLDER / name
    assert set(loader.read_toml(path)) | {"size"} == set(model.model_fields)
    assert "\n# size = " in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "address",
    [
        "tcp://192.168.1.20:9100",
        "usb:///dev/usb/lp0",
        "serial:///dev/ttyUSB0?baud=115200",
        "file:///tmp/slip",
        "cups://queue",
        "png:///tmp/slips",
    ],
)
def test_every_kind_of_printer_has_an_address(address):
    """The contract's addresses are accepted as they stand."""
    assert loader.changed(Kiosk(), printer=address).printer == address


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"printer": "lpt1"}, "printer: must be like 'tcp://192.168.1.20:9100'"),
        ({"paper_mm": 70}, "paper_mm: must be 58 or 80, not 70"),
        ({"size": "1080*1920"}, "size: must be like '1080x1920', not '1080\\*1920'"),
        ({"idle_seconds": 1}, "idle_seconds: must be at least 5, not 1"),
        ({"languages": ["uz"]}, "languages\\[0\\]: must be 'uz-Latn', 'uz-Cyrl'"),
        ({"languages": []}, "languages: must be a list of at least 1"),
        ({"chime": True}, "chime: is not a known key"),
        ({"token_fil": "x"}, "token_fil: is not a known key; did you mean 'token_file'"),
    ],
)
def test_a_mistake_is_a_sentence(given, told):
    """Each wrong value says what would be right."""
    with pytest.raises(loader.ConfigErrors, match=told):
        loader.changed(Kiosk(), **given)
