"""What a technician is told of a printer: its abilities, its state, its paper, as plain lines."""

from printer.delivery import Outcome
from printer.job import JobState
from printer.model import Model, Questions, WhenLeft
from printer.reasons import SENTENCES, Reason
from printer.roll import Roll
from printer.status import Status

_WORDS = {True: "yes", False: "no", None: "not said"}
_WHEN_LEFT = {
    WhenLeft.RETRACT: "a slip that nobody takes is drawn back in",
    WhenLeft.EJECT: "a slip that nobody takes is thrown out",
    WhenLeft.LEAVE: "a slip that nobody takes is reported and left",
}


def explain(outcome: Outcome) -> str:
    """Return why a page is not surely on paper, as one sentence."""
    sentence = SENTENCES[outcome.reason or Reason.FAULT].rstrip(".")
    after = "; look whether the page came out" if outcome.state is JobState.UNKNOWN else ""
    return f"{sentence}{after} ({outcome.detail})." if outcome.detail else f"{sentence}{after}."


def tell_abilities(model: Model, *, known: bool = True) -> tuple[str, ...]:
    """Return what the printer is taken for, and what it can do."""
    until = "" if known else "; what it is will be known once it is on line"
    return (
        f"model       {model.title} ({model.name}){until}",
        f"proof       {_proof(model)}",
        f"torn slip   {_torn(model)}",
        f"near end    {'sensor and counter' if model.near_end_sensor else 'counter only'}",
        f"presenter   {_WHEN_LEFT[model.presenter.when_left] if model.presenter else 'none'}",
        f"roll        {' or '.join(map(str, model.paper_mm))} mm wide",
        *(f"note        {note}" for note in model.notes),
    )


def tell_status(answer: Status) -> tuple[str, ...]:
    """Return what the printer said about itself."""
    if answer.mute:
        return ("mute: the printer answers no questions, which is neither good nor bad",)
    lines = (
        f"online      {_WORDS[answer.online]}",
        f"cover open  {_WORDS[answer.cover_open]}",
        f"paper       {answer.paper}",
        f"fault       {answer.fault or 'not said'}",
    )
    if answer.output is None:
        return lines
    return (*lines, f"in mouth    {'a slip' if answer.output else 'nothing'}")


def tell_counter(roll: Roll) -> str:
    """Return how much paper is left by the count, and how much was printed in all."""
    printed = f"{roll.printed_mm / 1000:.1f} m printed in all"
    if roll.left_mm is None:
        return f"counter     {printed}; a roll's length was never told (navbat-printer roll)"
    return f"counter     about {roll.left_mm / 1000:.1f} m left of this roll; {printed}"


def _proof(model: Model) -> str:
    if model.proves:
        return "it confirms each slip that it has printed"
    asked = model.questions is not Questions.NONE
    return "none: a slip is sent, never proved" if asked else "none, and it answers no questions"


def _torn(model: Model) -> str:
    if model.can_repeat:
        return "printed once more by itself, marked as a repeat"
    return "never printed again by itself: staff looks"
