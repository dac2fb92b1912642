"""Printer addresses: `tcp://host:9100` and its five relatives become a way to a printer."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from printer.cups import CupsPrinter
from printer.device_file import FilePrinter, SerialPrinter, UsbPrinter
from printer.errors import AddressError
from printer.paper import PAPER_80, Paper
from printer.tcp import TcpPrinter
from printer.transport import Transport
from printer.virtual import PngPrinter

FORMS = (
    "tcp://host:9100, usb:///dev/usb/lp0, serial:///dev/ttyUSB0?baud=115200, file:///path, "
    "cups://queue or png:///folder"
)
RAW_PORT = 9100
BAUDS = ("9600", "19200", "38400", "57600", "115200", "230400")
FLOWS = ("rtscts", "xonxoff", "none")

Options = dict[str, str]


def open_printer(address: str, paper: Paper = PAPER_80) -> Transport:
    """Return the way to the printer at `address`, not yet opened.

    Raises `AddressError` with a sentence that says what is wrong. `paper` matters only to the
    virtual printer, which draws it.
    """
    try:
        parts = urlsplit(address)
        options = dict(parse_qsl(parts.query, keep_blank_values=True))
        return _build(parts, options, paper)
    except ValueError as error:
        raise AddressError(f"the printer address {address!r} is wrong: {error}") from error


def _build(parts: SplitResult, options: Options, paper: Paper) -> Transport:
    if parts.scheme == "png":
        return PngPrinter(_path(parts, options), paper)
    if parts.scheme not in _WAYS:
        raise ValueError(f"use {FORMS}")
    return _WAYS[parts.scheme](parts, options)


def _tcp(parts: SplitResult, options: Options) -> Transport:
    _no_more(options)
    if not parts.hostname or parts.path not in ("", "/"):
        raise ValueError("write tcp://host:9100")
    return TcpPrinter(parts.hostname, parts.port or RAW_PORT)


def _usb(parts: SplitResult, options: Options) -> Transport:
    return UsbPrinter(_path(parts, options))


def _file(parts: SplitResult, options: Options) -> Transport:
    return FilePrinter(_path(parts, options))


def _serial(parts: SplitResult, options: Options) -> Transport:
    baud, flow = options.pop("baud", "115200"), options.pop("flow", "rtscts")
    if baud not in BAUDS or flow not in FLOWS:
        raise ValueError(f"baud is one of {', '.join(BAUDS)}; flow one of {', '.join(FLOWS)}")
    return SerialPrinter(_path(parts, options), int(baud), flow)


def _cups(parts: SplitResult, options: Options) -> Transport:
    _no_more(options)
    if not re.fullmatch(r"\w[\w.-]*", parts.netloc, re.ASCII) or parts.path not in ("", "/"):
        raise ValueError("write cups://queue")
    return CupsPrinter(parts.netloc)


def _path(parts: SplitResult, options: Options) -> Path:
    _no_more(options)
    path = Path(unquote(parts.path))
    if parts.netloc or path == Path("/") or not path.is_absolute() or "\0" in str(path):
        raise ValueError(f"write {parts.scheme}:///path, with a whole path")
    return path


def _no_more(options: Options) -> None:
    if options:
        raise ValueError(f"unknown: {', '.join(sorted(options))}")


_WAYS: dict[str, Callable[[SplitResult, Options], Transport]] = {
    "tcp": _tcp,
    "usb": _usb,
    "serial": _serial,
    "file": _file,
    "cups": _cups,
}
