"""What can be wrong with a slip, an address, a queue or a printer, each with its sentence.

PrinterError
├── SlipError        a slip's or sheet's data cannot stand on paper
├── AddressError     an address names no printer that we know
├── ModelUnknown     a setting names no model that we know
├── SpoolError       the print queue cannot be kept
├── DecodeError      bytes are not what our encoder writes
└── DeviceError      the device itself; says whether something went out
    ├── PrinterAway      it cannot be reached
    └── PrinterStalled   it stopped taking bytes, or broke off
"""


class PrinterError(Exception):
    """Something about printing; the message is a sentence for people."""


class SlipError(PrinterError, ValueError):
    """A slip's or sheet's data cannot stand on paper."""


class AddressError(PrinterError):
    """An address names no printer that we know."""


class ModelUnknown(PrinterError):
    """A setting names no printer model that we know."""


class SpoolError(PrinterError):
    """The print queue on disk cannot be read, written or owned."""


class DecodeError(PrinterError):
    """Bytes are not what our encoder writes."""


class DeviceError(PrinterError):
    """The device refused; `sent` tells whether something of the job may have left us."""

    def __init__(self, message: str, *, sent: bool = False) -> None:
        super().__init__(message)
        self.sent = sent


class PrinterAway(DeviceError):
    """The printer cannot be reached: nothing of the job went out."""


class PrinterStalled(DeviceError):
    """The printer stopped taking bytes before its deadline, or broke off."""
