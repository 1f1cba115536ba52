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
from typing import TypeVar, TypeVarTuple

from daemon.clock import SystemClock
from firmware_bridge.tally import Tallies
from vagt.demo.answers import Answers
from vagt.demo.stepped import SteppedClock
from vitals.instant import Instant

WHOLE_S = 0.001
"""The least for which the system's selector can wait (epoll_wait(2))."""
NAP_S = 0.00002
"""Between two looks whether bytes have come, of real time."""
ANSWER_S = WHOLE_S
"""Between two looks whether a thread has answered; an answer ends it at once."""
PATIENCE_S = 5.0
"""What is under way for longer, of real time, is given up: a run goes on, and may differ."""

Event = tuple[selectors.SelectorKey, int]
Done = TypeVar("Done")
Given = TypeVarTuple("Given")

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

    def proceed(self, timeout: float | None) -> float | None:
        """Let time pass up to what is due next, or return for how long to wait in real time first.

        `timeout` is after how much simulated time the loop itself has something to do. 0 means that
        time has passed: to one sleeper, or to what the loop has. None: nothing will be due until
        something comes from outside.
        """
        if not self._settled():
            return ANSWER_S if self._answers.awaited else NAP_S
        mine = self._clock.next_due()
        own = None if timeout is None else self._clock.seconds + timeout
        due = min((one for one in (mine, own) if one is not None), default=None)
        if due is None:
            return None
        early_s = due / self._speed - self._real.now().seconds_since(self._begun)
        if early_s > 0:
            return early_s
        self._clock.wake() if due == mine else self._clock.step_to(due)
        return 0.0

    def _settled(self) -> bool:
        if not self._answers.awaited and self._tallies.level:
            self._unsettled = None
            return True
        now = self._real.now()
        self._unsettled = self._unsettled or now
        given_up = now.seconds_since(self._unsettled) > PATIENCE_S
        if given_up:
            self._give_up()
        return given_up

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
        wait_s = self._stepper.proceed(timeout)
        if wait_s is None or wait_s >= WHOLE_S:
            return super().select(wait_s)
        if wait_s:
            select.select((), (), (), wait_s)
        return []


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
        self, executor: Executor | None, func: Callable[[*Given], Done], *args: *Given
    ) -> asyncio.Future[Done]:
        """Run it in a thread as any loop does."""
        done = super().run_in_executor(executor, func, *args)
        self._answers.expect(done)
        return done
