"""What becomes of what is owed, for each way in which a server can refuse it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from gruff import Mood, gruff, said
from manual import until
from tides import outbox, tide

from daemon.clock import SystemClock
from telemetry.draining import Draining
from telemetry.line import line
from telemetry.outbox import Outbox
from telemetry.schema import Sink
from telemetry.series import Point
from telemetry.settings import Server
from telemetry.standing import Link, Standing
from vitals.instant import Instant

WITHIN_S = 20.0
TOKEN = "secret"  # noqa: S105 - of a server that lives as long as a test


PASSING: list[Mood] = [
    lambda: said(503, "overloaded"),
    lambda: said(429, "too many", Retry_After="7"),
    lambda: "reset",
    lambda: "half",
]
LASTING: list[Mood] = [
    lambda: said(400, "bad"),
    lambda: said(413, "too large"),
    lambda: said(401, "unauthorized"),
]


def _taken() -> None:
    """Let the server do what it does without a mood."""


class Hasty:
    """Real time, a thousand times as fast where somebody sleeps; what was slept is kept."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> Instant:
        return SystemClock().now()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(seconds / 1000)


class Sink1:
    """An outbox with points, and the life that drains it to one server."""

    def __init__(self, box: Outbox, clock: Hasty, standing: Standing) -> None:
        self.box, self.clock, self.standing = box, clock, standing

    async def drained(self) -> None:
        async with asyncio.timeout(WITHIN_S):
            while (await self.box.owed(Sink.INFLUXDB)).count:
                await asyncio.sleep(0.01)


@asynccontextmanager
async def draining(
    folder: Path, url: str, points: list[Point], token: str = TOKEN
) -> AsyncIterator[Sink1]:
    file = folder / "token"
    file.write_text(f"{token}\n", "utf-8")
    clock, standing = Hasty(), Standing()
    server = Server(url=url, org="clinic", bucket="vitals", token_file=file, timeout_s=1.0)
    async with outbox(folder) as box:
        for point in points:
            box.put(point)
        await box.flush()
        life = asyncio.create_task(Draining(box, server, "KN", clock, standing).live())
        try:
            yield Sink1(box, clock, standing)
        finally:
            life.cancel()
            await asyncio.wait([life])


def lines(points: list[Point]) -> list[str]:
    return [line(point, "KN") for point in points]


async def test_points_go_out_in_order_zipped_and_with_the_token(tmp_path: Path) -> None:
    points = list(tide(60))
    async with gruff() as server, draining(tmp_path, server.url, points) as at:
        await at.drained()
        await until(lambda: at.standing.link is Link.UP)
        assert server.lines == lines(points)
        assert at.standing == Standing(Link.UP, "", len(points), 0)
        head = server.heads[0]
        assert head["Content-Encoding"] == "gzip"
        assert head["Authorization"] == "Token secret"


async def test_a_point_the_server_will_never_take_does_not_block_those_behind_it(
    tmp_path: Path,
) -> None:
    points = list(tide(60))
    bad = {line(points[n], "KN") for n in (0, 99, len(points) - 1)}
    async with gruff() as server:
        server.bad = bad.__contains__
        async with draining(tmp_path, server.url, points) as at:
            await at.drained()
            good = [text for text in lines(points) if text not in bad]
            assert set(server.lines) - {t for t in server.lines if "probe" in t} == set(good)
            dead = await at.box.dead(10)
            assert {one.what for one in dead} == bad
            assert all(one.reason.startswith("400 partial write") for one in dead)
            assert at.standing.dead == 3


async def test_what_a_server_refuses_whole_arrives_in_order_without_the_point_it_refuses(
    tmp_path: Path,
) -> None:
    points = list(tide(60))
    bad = line(points[99], "KN")
    async with gruff() as server:
        server.bad, server.partial = bad.__eq__, False
        async with draining(tmp_path, server.url, points) as at:
            await at.drained()
            assert server.lines == [text for text in lines(points) if text != bad]
            assert [one.what for one in await at.box.dead(10)] == [bad]


async def test_a_server_that_takes_all_but_the_only_point_that_is_owed_is_up(
    tmp_path: Path,
) -> None:
    points = list(tide(1, beds=1))[:1]
    async with gruff() as server:
        server.bad = lines(points).__contains__
        server.moods = [lambda: said(503, "overloaded")]
        async with draining(tmp_path, server.url, points) as at:
            await at.drained()
            await until(lambda: at.standing == Standing(Link.UP, "", 0, 1), WITHIN_S)


async def test_too_large_after_bad_loses_nothing(tmp_path: Path) -> None:
    points = list(tide(10))
    async with gruff() as server:
        server.moods = [lambda: said(400, "bad"), lambda: said(413, "too large")]
        async with draining(tmp_path, server.url, points) as at:
            await at.drained()
            assert server.lines == lines(points)
            assert await at.box.dead(10) == []


@pytest.mark.timeout(60)
@pytest.mark.parametrize("seed", range(8))
async def test_whatever_a_server_answers_a_point_is_taken_or_a_dead_letter(
    tmp_path: Path, seed: int
) -> None:
    points, chance = list(tide(30)), random.Random(seed)
    bad = {line(point, "KN") for point in chance.sample(points, 5)}
    async with gruff() as server:
        server.bad, server.partial = bad.__contains__, bool(seed % 2)
        server.moods = chance.choices([*PASSING, *LASTING, _taken], k=80)
        async with draining(tmp_path, server.url, points) as at:
            await at.drained()
            dead = {one.what for one in await at.box.dead(len(points))}
            assert bad <= dead
            assert set(lines(points)) - set(server.lines) == dead - set(server.lines)
            assert at.standing.sent + at.standing.dead == len(points)


async def test_a_server_that_is_slow_with_many_is_sent_fewer(tmp_path: Path) -> None:
    points = list(tide(60))
    async with gruff() as server:
        server.line_s = 0.002  # of 720 lines 1.4 s, and it is given 1 s
        async with draining(tmp_path, server.url, points) as at:
            await at.drained()
            assert set(server.lines) == set(lines(points))
            assert at.standing.sent == len(points)


async def test_a_server_that_points_elsewhere_is_not_followed(tmp_path: Path) -> None:
    async with gruff() as server, gruff() as other:
        elsewhere = {"Location": f"{other.url}/api/v2/write"}
        server.always = lambda: web.Response(status=307, headers=elsewhere)
        async with draining(tmp_path, server.url, list(tide(2))) as at:
            await until(lambda: server.requests >= 2, WITHIN_S)
            assert (at.standing.link, other.requests) == (Link.REFUSED, 0)
            assert at.standing.error == "307 Temporary Redirect: mend `url`"


async def test_a_server_that_refuses_everything_does_not_empty_the_queue(tmp_path: Path) -> None:
    points = list(tide(5))
    async with gruff() as server:
        server.always = lambda: said(400, "no such precision")
        async with draining(tmp_path, server.url, points) as at:
            await until(lambda: at.standing.link is Link.REFUSED, WITHIN_S)
            assert (await at.box.owed(Sink.INFLUXDB)).count == len(points)
            assert await at.box.dead(10) == []
            server.always = None
            await at.drained()
            assert set(lines(points)) <= set(server.lines)


async def test_a_batch_that_is_too_large_is_halved_until_it_is_taken(tmp_path: Path) -> None:
    points = list(tide(100))
    async with gruff() as server:
        server.most = 100
        async with draining(tmp_path, server.url, points) as at:
            await at.drained()
            assert server.lines == lines(points)
            assert await at.box.dead(10) == []


@pytest.mark.parametrize(
    ("mood", "reason"),
    [
        (lambda: said(503, "overloaded", Retry_After="7"), "503 overloaded"),
        (lambda: said(429, "too many", Retry_After="7"), "429 too many"),
        (lambda: said(500, "internal"), "500 internal"),
        (lambda: "reset", ""),
        (lambda: "half", ""),
        (lambda: "silence", "no answer within 1 s"),
    ],
    ids=["503", "429", "500", "reset", "half", "silence"],
)
async def test_what_passes_is_waited_out_and_everything_arrives(
    tmp_path: Path, mood: Mood, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    points = list(tide(20))
    async with gruff() as server:
        server.moods = [mood, mood]
        async with draining(tmp_path, server.url, points) as at:
            await at.drained()
            assert set(server.lines) == set(lines(points))
            assert await at.box.dead(10) == []
            pauses = [slept for slept in at.clock.slept if slept != 1.0]
            assert len(pauses) >= 2
            if reason[:3] in ("503", "429"):
                assert pauses[:2] == [7.0, 7.0]
    assert reason in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_what_somebody_has_to_mend_is_said_once_and_nothing_is_lost(
    tmp_path: Path, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    points = list(tide(20))
    async with gruff() as server:
        server.always = lambda: said(status, "not so")
        async with draining(tmp_path, server.url, points) as at:
            await until(lambda: server.requests >= 5, WITHIN_S)
            assert at.standing.link is Link.REFUSED
            assert at.standing.error.startswith(f"{status} not so: ")
            assert caplog.text.count(f"{status} not so") == 1
            server.always = None
            await at.drained()
            await until(lambda: at.standing.link is Link.UP)
            assert server.lines == lines(points)
            assert {slept for slept in at.clock.slept if slept > 1.0} == {60.0}


async def test_a_page_for_people_is_no_server(tmp_path: Path) -> None:
    async with gruff() as server:
        server.always = lambda: web.Response(status=200, text="<html>our network</html>")
        async with draining(tmp_path, server.url, list(tide(2))) as at:
            await until(lambda: at.standing.link is Link.REFUSED, WITHIN_S)
            assert "mend `url`" in at.standing.error
            assert (await at.box.owed(Sink.INFLUXDB)).count


@pytest.mark.parametrize("token", ["", "two words\nand lines", "nøgle"])
async def test_a_token_that_cannot_be_one_is_said_by_its_file(tmp_path: Path, token: str) -> None:
    async with (
        gruff() as server,
        draining(tmp_path, server.url, list(tide(1)), token) as at,
    ):
        await until(lambda: at.standing.link is Link.REFUSED, WITHIN_S)
        assert at.standing.error.startswith(f"{tmp_path / 'token'}: ")
        assert server.requests == 0
        (tmp_path / "token").write_text("mended")
        await at.drained()


async def test_a_server_that_is_not_there_is_down(tmp_path: Path) -> None:
    async with draining(tmp_path, "http://127.0.0.1:9", list(tide(1))) as at:
        await until(lambda: at.standing.link is Link.DOWN, WITHIN_S)
        assert at.standing.error == "127.0.0.1:9: connection refused"
