"""What everybody may know: how many visitors of the last day waited no longer than was said."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from queue_server.contracts.catalogue import NoticeOut
from queue_server.domain.catalogue import Catalogue
from queue_server.usecases.ports import Center

#: the notice's id, and the keys of its texts: of yesterday, and of a day before
ID: Final = "kept_word"
YESTERDAY, BEFORE = "wait.kept", "wait.kept_on"


def notices(center: Center, catalogue: Catalogue) -> tuple[NoticeOut, ...]:
    """Return the line as a notice, in every language; none while no day is known."""
    newest = center.foresight.newest()
    today = catalogue.calendar.day_of(center.clock.now())
    if newest is None or newest.learned.kept is None or newest.day != today:
        return ()
    kept = newest.learned.kept
    key = YESTERDAY if kept.day == today - timedelta(days=1) else BEFORE
    facts = {"n": kept.percent, "date": f"{kept.day:%d.%m.%Y}"}
    texts = {tag: text.format(**facts) for tag, text in center.texts(key).items()}
    return (NoticeOut(id=ID, texts=texts),)
