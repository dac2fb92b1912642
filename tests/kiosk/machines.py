"""A machine whose ticking and clock a test sets."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.true_time import Machine

#: 2026-11-23 05:00:00 UTC, 10:00 in Tashkent
MORNING = 1795410000.0
DAY = 86400.0


@dataclass
class Ticking:
    """Seconds since it was switched on, and what its clock says."""

    boot: str = "boot-1"
    ticks: float = 100.0
    clock: float = MORNING

    @property
    def machine(self) -> Machine:
        """What a kiosk asks."""
        return Machine(self.boot, lambda: self.ticks, lambda: self.clock)

    def pass_(self, seconds: float) -> None:
        """Let time pass."""
        self.ticks += seconds
        self.clock += seconds

    def reboot(self, boot: str, clock: float, ticks: float = 5.0) -> None:
        """Switch it off and on; its clock may come up anywhere."""
        self.boot, self.clock, self.ticks = boot, clock, ticks
