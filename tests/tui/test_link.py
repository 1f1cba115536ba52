from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import scenes
from dashboards import FrozenClock
from scripted_daemon import ScriptedDaemon

from daemon.protocol.codec import LINE_LIMIT
from daemon.protocol.commands import End, Here
from daemon.protocol.messages import Answer, Beat, Hello, Outgoing
from tui.clock import MachineClock
from tui.link import HERE, HERE_S, PAUSES_S, Link
from vitals.clock import Clock

END = End(id="c1", by="AS", bed=scenes.BED)


class Listener:
    """A running link and what it has heard."""

    def __init__(self, path: Path, clock: Clock, by: str | None) -> None:
        self.link = Link(path, clock, by)
        self.heard: list[Outgoing] = []

    def count(self, kind: type[Outgoing]) -> int:
        return sum(isinstance(message, kind) for message in self.heard)


@asynccontextmanager
async def listening(
    path: Path, clock: Clock | None = None, by: str | None = None
) -> AsyncIterator[Listener]:
    listener = Listener(path, clock or MachineClock(), by)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(listener.link.run(listener.heard.append))
        yield listener
        task.cancel()


async def until(true: Callable[[], bool], seconds: float = 3.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)


async def test_every_message_is_handed_over_in_order(tmp_path: Path) -> None:
    socket = tmp_path / "s"
    greeting = scenes.greeting(*scenes.HIGH)
    async with ScriptedDaemon(socket, greeting), listening(socket) as listener:
        await until(lambda: len(listener.heard) == 3)
        assert list(listener.heard) == greeting


async def test_it_waits_for_a_daemon_that_comes_later_and_finds_it_within_a_second(
    tmp_path: Path,
) -> None:
    socket = tmp_path / "s"
    async with listening(socket) as listener:
        await asyncio.sleep(0.5)
        assert not listener.link.connected
        async with ScriptedDaemon(socket, [scenes.HELLO]):
            await until(lambda: listener.link.connected, 1.2)


async def test_a_daemon_that_comes_back_is_found_again(tmp_path: Path) -> None:
    socket = tmp_path / "s"
    async with listening(socket) as listener:
        for times in (1, 2, 3):
            async with ScriptedDaemon(socket, [scenes.HELLO]):
                await until(lambda times=times: listener.count(Hello) == times)  # type: ignore[misc]
            await until(lambda: not listener.link.connected)


async def test_what_no_daemon_says_ends_the_connection_and_not_the_dashboard(
    tmp_path: Path,
) -> None:
    socket = tmp_path / "s"
    wrong = (b"\xff\xfe\n", b"[]\n", b'{"kind":"beat"}\n', b"x" * (LINE_LIMIT + 2))
    async with ScriptedDaemon(socket, [scenes.HELLO]) as daemon, listening(socket) as listener:
        for times, data in enumerate(wrong, start=1):
            await until(lambda times=times: listener.count(Hello) == times)  # type: ignore[misc]
            daemon.clients[:] = daemon.clients[-1:]
            daemon.babble(data)
        await until(lambda: listener.count(Hello) == len(wrong) + 1)


async def test_a_message_of_a_newer_daemon_is_let_go(tmp_path: Path) -> None:
    socket = tmp_path / "s"
    async with ScriptedDaemon(socket, [scenes.HELLO]) as daemon, listening(socket) as listener:
        await until(lambda: listener.count(Hello) == 1)
        daemon.babble(b'{"kind":"tomorrow","x":1}\n')
        daemon.say(scenes.BEAT)
        await until(lambda: listener.count(Beat) == 1)
        assert listener.count(Hello) == 1


async def test_a_command_is_sent_and_without_a_connection_refused(tmp_path: Path) -> None:
    socket = tmp_path / "s"
    async with listening(socket) as listener:
        assert not listener.link.send(END)
        async with ScriptedDaemon(socket, [scenes.HELLO]) as daemon:
            await until(lambda: listener.link.connected)
            assert listener.link.send(END)
            await until(lambda: daemon.commands == [END])


async def test_a_terminal_says_who_is_at_it_as_long_as_it_hears_the_daemon(tmp_path: Path) -> None:
    socket, clock = tmp_path / "s", FrozenClock()
    here = Here(id=HERE, by="AS")
    async with (
        ScriptedDaemon(socket, [scenes.HELLO]) as daemon,
        listening(socket, clock, "AS") as listener,
    ):
        await until(lambda: daemon.commands == [here])
        clock.move(HERE_S - 0.1)
        daemon.say(scenes.BEAT)
        await until(lambda: listener.count(Beat) == 1)
        assert daemon.commands == [here]
        clock.move(0.1)
        daemon.say(scenes.BEAT)
        await until(lambda: daemon.commands == [here, here])
        assert listener.count(Answer) == 0


async def test_a_terminal_at_which_nobody_is_named_says_nothing(tmp_path: Path) -> None:
    socket = tmp_path / "s"
    async with ScriptedDaemon(socket, [scenes.HELLO, scenes.BEAT]) as daemon:
        async with listening(socket) as listener:
            await until(lambda: listener.count(Beat) == 1)
        assert daemon.commands == []


def test_no_attempt_waits_longer_than_a_second() -> None:
    assert max(PAUSES_S) <= 1.0
