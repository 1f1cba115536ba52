"""An event loop that lets time pass only when nothing is left to do before it may.

Whatever waits on this loop waits in simulated time, `asyncio` itself and every library on it too.
"""

from __future__ import annotations

import asyncio
import logging
import select
import selectors
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, TypeVar

from daemon.clock import SystemClock
from firmware_bridge.tally import Tallies
from vagt.demo.answers import Answers
from vagt.demo.stepped import SteppedClock
from vitals.instant import Instant

NAP_S = 0.00002
"""Between two looks whether bytes have come, of real time."""
ANSWER_S = 0.001
"""Between two looks whether a thread has answered; an answer ends it at once."""
PATIENCE_S = 5.0
"""What is under way for longer, of real time, is given up: a run goes on, and may differ."""

Event = tuple[selectors.SelectorKey, int]
Done = TypeVar("Done")

_LOG = logging.getLogger(__name__)


class Stepper:
    """Decides whether time may pass when nobody on the loop has anything left to do."""

    def __init__(
        self, clock: SteppedClock, speed: float, tallies: Tallies, answers: Answers
    ) -> None:
        self._clock = clock
        self._speed = speed
        self._tallies = tallies
        self._answers = answers
        self._real = SystemClock()
        self._begun = self._real.now()
        self._unsettled: Instant | None = None

    def pause(self) -> float | None:
        """Return how long to wait in real time before looking again; None when all is settled."""
        if self._answers.awaited == 0 and self._tallies.level:
            self._unsettled = None
            return None
        now = self._real.now()
        self._unsettled = self._unsettled or now
        if now.seconds_since(self._unsettled) > PATIENCE_S:
            self._give_up()
            return None
        return ANSWER_S if self._answers.awaited else NAP_S

    def early(self, timeout: float | None) -> float | None:
        """Return for how much real time nothing may happen yet, which may be none.

        `timeout` is after how much simulated time the loop itself has something to do. None: until
        something comes from outside.
        """
        if (due := self._due(timeout)) is None:
            return None
        return due / self._speed - self._real.now().seconds_since(self._begun)

    def step(self, timeout: float | None) -> None:
        """Let time pass up to what is due next: one sleeper, or what the loop itself has."""
        mine, due = self._clock.next_due(), self._due(timeout)
        if mine is not None and mine == due:
            self._clock.wake()
        elif due is not None:
            self._clock.step_to(due)

    def _due(self, timeout: float | None) -> float | None:
        found = [self._clock.next_due(), None if timeout is None else self._clock.seconds + timeout]
        return min((due for due in found if due is not None), default=None)

    def _give_up(self) -> None:
        for port in self._tallies.forget():
            _LOG.warning("bytes were lost on %s: another run may differ", port)


class SteppingSelector(selectors.DefaultSelector):
    """Waits as any selector does while something comes, and else lets time pass."""

    def __init__(self, stepper: Stepper) -> None:
        super().__init__()
        self._stepper = stepper

    def select(self, timeout: float | None = None) -> list[Event]:
        """Return what is ready, which may be nothing: then time may have passed."""
        if (ready := super().select(0)) or (timeout is not None and timeout <= 0):
            return ready
        if (pause_s := self._stepper.pause()) is not None:
            return self._looked(pause_s)
        early_s = self._stepper.early(timeout)
        if early_s is None or early_s > 0:
            return super().select(early_s)
        self._stepper.step(timeout)
        return []

    def _looked(self, pause_s: float) -> list[Event]:
        if pause_s >= ANSWER_S:  # what the selector of the system can wait for, and no less
            return super().select(pause_s)
        select.select((), (), (), pause_s)
        return super().select(0)


class SteppedLoop(asyncio.SelectorEventLoop):
    """An event loop on a stepped clock; what it hands to threads is awaited before time passes."""

    def __init__(self, clock: SteppedClock, stepper: Stepper, answers: Answers) -> None:
        self._clock = clock
        self._answers = answers
        super().__init__(SteppingSelector(stepper))

    def time(self) -> float:
        """Return simulated time in seconds."""
        return self._clock.seconds

    def run_in_executor(
        self, executor: Executor | None, func: Callable[..., Done], *args: Any
    ) -> asyncio.Future[Done]:
        """Run it in a thread as any loop does."""
        done = super().run_in_executor(executor, func, *args)
        self._answers.expect(done)
        return done
