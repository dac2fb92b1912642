"""Which model a printer is, by its own words; what it does not say is never guessed."""

from printer.deadline import DEFAULT_TIMING, Deadline
from printer.escpos import ask_for_proof
from printer.interview import Interview
from printer.model import GENERIC, Model, models
from printer.slip import clean
from printer.transport import Transport

ASK_NAME, ASK_ID = bytes.fromhex("1d4943"), bytes.fromhex("1d4901")
_NAME_HEAD, _NAME_END = b"\x5f", b"\0"
_OFFLINE = 0x08
#: An answer in its turn may take so many times as long as one in real time.
_IN_TURN = 3
#: Any mark will do.
_TRIAL = b"navb"


def discover(transport: Transport, patience: float = DEFAULT_TIMING.answer) -> Model | None:
    """Return the model of an open printer; None if it could be said only later.

    `patience` is the time for one answer, in seconds. A printer that answers nothing is generic.
    One that is off line answers no GS I, so it is asked again another time. GS ( H is tried only
    where a name came in Epson's own form: cheap printers would print it as text. Raises
    `DeviceError` if the printer hangs up.
    """
    if not transport.answers:
        return GENERIC
    talk = Interview(transport, GENERIC, patience)
    state = talk.ask_one(1, Deadline.after(talk.patience))
    if state is None:
        return GENERIC
    if state & _OFFLINE:
        return None
    name = _name(talk.request(ASK_NAME, _NAME_END, _in_turn(talk)))
    if name is None:
        return _by_id(talk.one_byte(ASK_ID, _in_turn(talk))) or GENERIC
    return _by_name(name) or _with_trial(talk, name)


def _in_turn(talk: Interview) -> Deadline:
    return Deadline.after(talk.patience * _IN_TURN)


def _name(said: bytes) -> str | None:
    head = said.find(_NAME_HEAD)
    if head < 0:
        return None
    return clean(said[head + 1 :].partition(_NAME_END)[0].decode("ascii", errors="replace"))


def _by_name(name: str) -> Model | None:
    known = ((begin, model) for model in models().values() for begin in model.names)
    fitting = [pair for pair in known if name.casefold().startswith(pair[0].casefold())]
    return max(fitting, key=lambda pair: len(pair[0]))[1] if fitting else None


def _by_id(said: int | None) -> Model | None:
    return next((model for model in models().values() if said in model.ids), None)


def _with_trial(talk: Interview, name: str) -> Model:
    """Return the generic model under the name that was said, with a proof if it gives one."""
    answer = b"\x37\x22" + _TRIAL + b"\0"
    proves = bool(talk.request(ask_for_proof(_TRIAL), answer, _in_turn(talk)))
    return GENERIC.model_copy(update={"title": f"{name} (generic)", "proves": proves})
