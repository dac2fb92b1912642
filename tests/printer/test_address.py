import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printer.address import open_printer
from printer.cups import CupsPrinter
from printer.device_file import FilePrinter, SerialPrinter, UsbPrinter
from printer.errors import AddressError
from printer.tcp import TcpPrinter
from printer.virtual import PngPrinter


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("tcp://10.0.0.9:9100", TcpPrinter),
        ("tcp://printer.local", TcpPrinter),
        ("tcp://[::1]:9100", TcpPrinter),
        ("usb:///dev/usb/lp0", UsbPrinter),
        ("serial:///dev/ttyUSB0", SerialPrinter),
        ("serial:///dev/ttyUSB0?baud=9600&flow=none", SerialPrinter),
        ("file:///tmp/slips.bin", FilePrinter),
        ("cups://hall_1", CupsPrinter),
        ("png:///tmp/slips", PngPrinter),
    ],
)
def test_each_form_opens_its_kind(address, kind):
    """Every form of the contract names its way to a printer."""
    assert isinstance(open_printer(address), kind)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "10.0.0.9",
        "http://10.0.0.9",
        "tcp://",
        "tcp://host:port",
        "tcp://host:70000",
        "tcp://host:9100/path",
        "tcp://host?baud=1",
        "tcp://[::1",
        "usb://dev/usb/lp0",
        "usb:///",
        "serial:///dev/ttyS0?baud=12",
        "serial:///dev/ttyS0?flow=maybe",
        "serial:///dev/ttyS0?speed=9600",
        "file://slips.bin",
        "file:///a%00b",
        "cups://",
        "cups://-oraw",
        "cups://queue name",
        "cups://a/b",
        "png://slips",
    ],
)
def test_a_bad_address_is_said_in_a_sentence(address):
    """What names no printer is an `AddressError` that shows the address."""
    with pytest.raises(AddressError, match="is wrong"):
        open_printer(address)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=30), st.from_regex(r"(tcp|usb|serial|cups)://.{0,20}")))
def test_any_text_is_an_address_or_an_error(text):
    """No text makes anything but a printer or an `AddressError`."""
    try:
        transport = open_printer(text)
    except AddressError:
        return
    assert transport.rate > 0


def test_serial_speed_sets_the_deadline():
    """Ten bits a byte: the rate of a serial line is a tenth of its baud."""
    assert open_printer("serial:///dev/ttyS0?baud=9600").rate == 960
