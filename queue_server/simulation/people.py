"""What visitors and clerks do, step by step.

Visitors come, wait, are served, give up; each clerk opens, presses Next, serves, eats, goes home
when nobody is left. Which hall they are in is not their concern (halls.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from queue_server.domain.catalogue import Window
from queue_server.simulation.days import Day
from queue_server.simulation.halls import Called, Hall, TakenOver
from queue_server.simulation.steps import Step, Steps
from queue_server.simulation.visitors import WRONG_WINDOW, Crowd, Visitor
from queue_server.simulation.world import World, chance_of

#: minutes of a service that the world does not know
UNKNOWN_SERVICE: Final = 10.0
#: clerks go home so long after the end of work, whoever is left
OVERTIME: Final = timedelta(hours=3)
#: after the end of work somebody looks round so often, seconds
ROUND: Final = 900.0
#: a lunch that began late lasts so long at least
SHORTEST_LUNCH: Final = timedelta(minutes=30)
#: the reception has seen the papers for a category after so many seconds
AT_RECEPTION: Final = 50.0
#: a visitor rates so many seconds after the service
PARTING: Final = 20.0


@dataclass(slots=True)
class _Desk:
    """A window with its clerk, as the play sees it."""

    window: Window
    #: with nobody in hand and not on a break
    idle: bool = False
    #: a look at the queue is due already
    looks: bool = False
    eaten: bool = False
    #: gone home, or taken over by a person
    gone: bool = False
    #: visitors of this window who had gone to fetch something, and are back
    back: list[Called] = field(default_factory=list)


@dataclass(slots=True)
class _Visit:
    """A visitor inside: the services still needed, and the minutes that a copy interrupted."""

    visitor: Visitor
    needs: list[str]
    rest: float | None = None
    #: whether a window has called: nobody gives up after that
    called: bool = False


#: the ticket that a clerk has just served
Ending = Called | None


class People:
    """The people of a world on a day, in a hall."""

    def __init__(
        self,
        world: World,
        day: Day,
        hall: Hall,
        *,
        visitors: Iterable[Visitor] | None = None,
        polls: Callable[[], float] | None = None,
    ) -> None:
        """Put them before the doors.

        `visitors` come instead of the day's own. `polls`: seconds until an idle clerk looks again
        by himself, in a hall to which others come too.
        """
        self._world, self._day, self._hall = world, day, hall
        self._crowd = Crowd(world)
        self._coming: Iterator[Visitor] = iter(day.visitors if visitors is None else visitors)
        self._polls = polls
        self._desks = {
            w.number: _Desk(w) for w in world.catalogue.windows if w.number in world.clerks
        }
        self._inside: dict[str, _Visit] = {}
        self._steps = Steps(hall)

    def play(self) -> None:
        """Let the day run until the last clerk has gone, or the hall says that it is over."""
        day = self._day
        for number, desk in self._desks.items():
            late = timedelta(seconds=day.late.get(number, 0.0))
            self._steps.at(day.opens + late, self._by(desk, partial(self._opens, desk)))
            if number in day.lunches:
                look = self._by(desk, partial(self._look, desk))
                self._steps.at(day.lunches[number].begins, look)
        self._steps.at(day.ends, self._closing)
        self._expect()
        self._steps.run()

    # the visitors' side

    def _expect(self) -> None:
        visitor = next(self._coming, None)
        if visitor is not None:
            self._steps.at(visitor.at, lambda: self._arrives(visitor))

    def _arrives(self, visitor: Visitor) -> None:
        ticket = self._hall.issue(visitor)
        self._expect()
        if ticket is None:
            return
        self._inside[ticket] = _Visit(visitor, [visitor.service, *visitor.legs])
        if self._shows_papers(visitor):
            self._steps.after(AT_RECEPTION, lambda: self._hall.confirm(ticket))
        if visitor.patience is not None:
            self._steps.after(60 * visitor.patience, lambda: self._gives_up(ticket))
        self._wake({visitor.service})

    def _shows_papers(self, visitor: Visitor) -> bool:
        """Whether the visitor's category counts only once the reception has seen the papers."""
        asked = visitor.category
        return asked is not None and self._world.catalogue.category(asked).confirm == "reception"

    def _gives_up(self, ticket: str) -> None:
        visit = self._inside.get(ticket)
        if visit and not visit.called and self._hall.cancel(ticket):
            self._leaves(ticket)

    def _leaves(self, ticket: str) -> None:
        self._inside.pop(ticket, None)
        if self._hall.now >= self._day.ends:
            self._wake(None)

    def _closing(self) -> None:
        """Let clerks go home, and look again while some are still at work."""
        self._wake(None)
        if not all(desk.gone for desk in self._desks.values()):
            self._steps.after(ROUND, self._closing)

    # the clerks' side

    def _opens(self, desk: _Desk) -> None:
        self._hall.open(desk.window.number)
        self._free(desk)

    def _look(self, desk: _Desk) -> None:
        desk.looks = False
        if desk.idle:
            self._free(desk)

    def _free(self, desk: _Desk, ending: Ending = None) -> None:
        """Do what a clerk does who has time: eat, take a visitor up again, go home, press Next."""
        number, pause = desk.window.number, self._pause(desk, ending)
        if pause is not None:
            self._end(number, ending)
            self._rest(desk, *pause)
        elif desk.back:
            self._end(number, ending)
            self._take_up(desk, desk.back[0])
        elif ending is None and self._may_go(desk):
            self._hall.close(number)
            desk.idle, desk.gone = False, True
        else:
            outcome = self._outcome(ending)
            called = self._hall.next(number, outcome)
            self._ended(ending)
            self._has_called(desk, called)

    def _pause(self, desk: _Desk, ending: Ending) -> tuple[str, datetime] | None:
        """Return why and until when a clerk takes a break now, if so."""
        now, lunch = self._hall.now, self._day.lunches.get(desk.window.number)
        if lunch and not desk.eaten and lunch.holds(now):
            return "lunch", max(lunch.ends, now + SHORTEST_LUNCH)
        visit = self._inside.get(ending.ticket) if ending else None
        if visit and visit.visitor.pause and len(visit.needs) == 1:
            return "break", now + timedelta(minutes=visit.visitor.pause)
        return None

    def _rest(self, desk: _Desk, reason: str, until: datetime) -> None:
        self._hall.pause(desk.window.number, reason)
        desk.idle = False
        desk.eaten = desk.eaten or reason == "lunch"
        self._steps.at(until, self._by(desk, lambda: self._returns(desk)))

    def _returns(self, desk: _Desk) -> None:
        self._hall.resume(desk.window.number)
        self._free(desk)

    def _take_up(self, desk: _Desk, held: Called) -> None:
        is_here = self._hall.take_up(desk.window.number, held.ticket)
        desk.back.remove(held)
        if is_here:
            self._has_called(desk, held)
        else:
            self._leaves(held.ticket)
            self._free(desk)

    def _may_go(self, desk: _Desk) -> bool:
        """Whether the day is over and nobody is left whom this clerk can serve."""
        now, window = self._hall.now, desk.window
        if now < self._day.ends:
            return False
        return now >= self._day.ends + OVERTIME or not any(
            not window.takes.keys().isdisjoint(visit.needs)
            and visit.visitor.needs <= window.skills
            and (not window.languages or visit.visitor.language in window.languages)
            for visit in self._inside.values()
        )

    # one visit at a window

    def _has_called(self, desk: _Desk, called: Called | None) -> None:
        if called is None:
            self._waits(desk)
            return
        desk.idle = False
        visit = self._inside.get(called.ticket) or self._stranger(called)
        visit.called = True
        if visit.visitor.comes:
            self._steps.after(
                visit.visitor.walk, self._by(desk, lambda: self._starts(desk, called, visit))
            )
        else:
            absent = self._world.habits.absent
            self._steps.after(absent, self._by(desk, lambda: self._misses(desk, called)))

    def _waits(self, desk: _Desk) -> None:
        desk.idle = True
        if self._may_go(desk):
            self._free(desk)
        elif self._polls is not None:
            self._look_in(desk, self._polls())

    def _stranger(self, called: Called) -> _Visit:
        """Let somebody be served whom the play does not know: people come to a live hall too."""
        chance = chance_of(self._world.seed, called.ticket)
        visitor = self._crowd.stranger(self._hall.now, called.service, chance)
        visit = self._inside[called.ticket] = _Visit(visitor, [called.service])
        return visit

    def _misses(self, desk: _Desk, called: Called) -> None:
        self._hall.no_show(desk.window.number, called.ticket)
        self._leaves(called.ticket)
        self._free(desk)

    def _starts(self, desk: _Desk, called: Called, visit: _Visit) -> None:
        visitor = visit.visitor
        self._hall.start(desk.window.number, called.ticket)
        minutes, follows = self._minutes(desk, called, visit), self._served
        if visitor.sent_on and called.service == visitor.service:
            minutes, follows = min(minutes, WRONG_WINDOW), self._sends_on
        elif visitor.fetches and visit.rest is None:
            minutes = visit.rest = minutes / 2
            follows = self._holds
        self._steps.after(60 * minutes, self._by(desk, lambda: follows(desk, called, visit)))

    def _minutes(self, desk: _Desk, called: Called, visit: _Visit) -> float:
        """Return how long it takes: what is left after a copy was fetched, or all of it."""
        if visit.rest:
            left, visit.rest = visit.rest, 0.0
            return left
        number = desk.window.number
        usual = visit.visitor.minutes.get(called.service) or self._mean(called.service)
        slowness = self._day.slowness(number, self._hall.now)
        return usual * slowness * self._world.clerks[number].slowness

    def _mean(self, service: str) -> float:
        work = self._world.work.get(service)
        return work.minutes if work else UNKNOWN_SERVICE

    def _served(self, desk: _Desk, called: Called, visit: _Visit) -> None:  # noqa: ARG002
        self._free(desk, called)

    def _sends_on(self, desk: _Desk, called: Called, visit: _Visit) -> None:
        wanted = visit.visitor.sent_on or called.service
        self._hall.transfer(desk.window.number, called.ticket, wanted)
        visit.needs = [wanted]
        self._wake({wanted})
        self._free(desk)

    def _holds(self, desk: _Desk, called: Called, visit: _Visit) -> None:
        self._hall.hold(desk.window.number, called.ticket)
        away = 60 * (visit.visitor.fetches or 0.0)
        self._steps.after(away, lambda: self._is_back(desk, called))
        self._free(desk)

    def _is_back(self, desk: _Desk, called: Called) -> None:
        desk.back.append(called)
        if desk.idle:
            self._look_in(desk, self._world.habits.notices)

    def _outcome(self, ending: Ending) -> str | None:
        visit = self._inside.get(ending.ticket) if ending else None
        return visit.visitor.outcome if visit else "solved" if ending else None

    def _end(self, number: int, ending: Ending) -> None:
        """Finish without calling anybody."""
        outcome = self._outcome(ending)
        if ending and outcome:
            self._hall.finish(number, ending.ticket, outcome)
            self._ended(ending)

    def _ended(self, ending: Ending) -> None:
        """Let a visitor whose service has ended go, or on to the next leg."""
        visit = self._inside.get(ending.ticket) if ending else None
        if ending is None or visit is None:
            return
        if ending.service in visit.needs:
            visit.needs.remove(ending.service)
        if visit.needs:
            self._wake(set(visit.needs))
            return
        stars = visit.visitor.stars
        if stars is not None:
            self._steps.after(PARTING, lambda: self._hall.rate(ending.ticket, stars))
        self._leaves(ending.ticket)

    # who looks when

    def _wake(self, services: set[str] | None) -> None:
        """Let idle clerks who take one of these services (None: all) look at the queue."""
        for desk in self._desks.values():
            if desk.idle and (services is None or not services.isdisjoint(desk.window.takes)):
                self._look_in(desk, self._world.habits.notices)

    def _look_in(self, desk: _Desk, seconds: float) -> None:
        if not desk.looks:
            desk.looks = True
            self._steps.after(seconds, self._by(desk, lambda: self._look(desk)))

    @staticmethod
    def _by(desk: _Desk, step: Step) -> Step:
        """Return a step of a clerk, who leaves for good once a person has taken the window over."""

        def taken() -> None:
            try:
                step()
            except TakenOver:
                desk.idle, desk.gone = False, True

        return taken
