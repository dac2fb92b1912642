"""What a kind of printer can do beyond the ten commands that all of them know."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Model:
    """The abilities of a kind of printer; the defaults hold for any ESC/POS printer."""

    name: str
    #: Rows in one GS v 0; cheap printers overrun above 256.
    band_rows: int = 256
    #: Sent before a job: forgets what a broken job left behind. Only safe where `proves` is,
    #: for then the job before has ended.
    clear: bytes = b""
    #: Answers GS ( H when everything before it stands on the paper.
    proves: bool = False


GENERIC = Model("generic")
EPSON = Model("epson", clear=bytes.fromhex("10140801031401060208"), proves=True)
MODELS = {model.name: model for model in (GENERIC, EPSON)}
