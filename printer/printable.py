"""What the print queue takes: a slip with its number, or a sheet to take home."""

from printer import slip
from printer.sheet import KIND, Sheet, sheet_from_json
from printer.slip import Slip

Printable = Slip | Sheet


def from_json(data: object) -> Printable:
    """Read a slip or sheet back from its JSON; raise `SlipError` for anything else.

    Only sheets name their kind: journals of before hold slips alone.
    """
    if isinstance(data, dict) and data.get("kind") == KIND:
        return sheet_from_json(data)
    return slip.from_json(data)


def job_name(page: Printable) -> str:
    """Return what a job is called: `A042`, `A042-2` for a copy; a sheet by its reference."""
    if isinstance(page, Slip):
        return page.title
    return page.ref if page.copy == 1 else f"{page.ref}-{page.copy}"
