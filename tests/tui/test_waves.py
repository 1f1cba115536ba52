from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
import scenes
import wards
from dashboards import FrozenClock, Told, lines, settings, text
from textual.pilot import Pilot

from daemon.protocol.message import Message
from daemon.protocol.messages import Wave
from tui.app import Dashboard
from vitals.measure import Channel, Measure
from vitals.reading import Note
from words.catalogue import Language

SIZES = [(80, 24), (120, 40), (160, 50)]
TITLES = {"EKG", "Pleth", "CO2 kPa", "Arterietryk mmHg", "Respiration"}


def every(wave: Wave) -> list[Wave]:
    """Return a block of each channel, from one device."""
    return [msgspec.structs.replace(wave, channel=channel, device="ivy") for channel in Channel]


async def played(
    app: Dashboard, pilot: Pilot[None], clock: FrozenClock, *sets: Sequence[Wave]
) -> None:
    for waves in sets:
        clock.move(1 / 3)
        app.hear(scenes.BEAT)
        for wave in waves:
            app.hear(msgspec.structs.replace(wave, at=clock.now().rfc3339()))
        app.draw()
        await pilot.pause()


def dashboard(clock: FrozenClock, *messages: Message) -> Dashboard:
    return Dashboard(Told(scenes.greeting(*messages)), clock, settings(Language.DANISH))


def titles(app: Dashboard) -> set[str]:
    """Return the waves that are drawn, by the titles over them."""
    heads = {line[2:].split("   ")[0].strip() for line in lines(app)}
    return heads & TITLES


@pytest.mark.parametrize("size", SIZES)
async def test_every_wave_is_reached_and_the_hidden_ones_are_named(size: tuple[int, int]) -> None:
    clock = FrozenClock()
    app = dashboard(clock, *wards.FULL)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        sets = [every(wave) for wave in scenes.waves(2.0)]
        seen: set[str] = set()
        for _ in Channel:
            await played(app, pilot, clock, *sets)
            shown = titles(app)
            hint = next((line for line in lines(app) if "W: " in line), "")
            names = {title.split(" ")[0] for title in TITLES - shown}
            assert names == {name for name in names if name in hint}
            seen |= shown
            await pilot.press("w")
        assert seen == TITLES


@pytest.mark.parametrize(("rows", "count"), [(40, 3), (50, 5)])
async def test_a_higher_window_shows_more_waves(rows: int, count: int) -> None:
    clock = FrozenClock()
    app = dashboard(clock, *wards.FULL)
    async with app.run_test(size=(120, rows)) as pilot:
        await pilot.pause()
        await played(app, pilot, clock, *[every(wave) for wave in scenes.waves(2.0)])
        assert len(titles(app)) == count


async def test_the_wave_is_of_the_device_whose_number_is_shown() -> None:
    clock = FrozenClock()
    other = wards.device("aaa", "nonin-df2")
    old = msgspec.structs.replace(scenes.SPO2, device="aaa", value=71, age_s=11.0)
    app = dashboard(clock, scenes.DEVICE, other, scenes.SPO2, old)
    flat = tuple([0] * 25)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for wave in scenes.waves(4.0):
            foreign = msgspec.structs.replace(wave, device="aaa", samples=flat)
            await played(app, pilot, clock, [foreign, wave])
        drawn = [line for line in lines(app) if any("\u2800" < sign <= "\u28ff" for sign in line)]
        assert len(drawn) > 2


async def test_a_wave_is_shown_though_the_device_of_the_number_sends_none() -> None:
    clock = FrozenClock()
    other = wards.device("aaa", "medibus")
    number = msgspec.structs.replace(scenes.SPO2, device="aaa")
    app = dashboard(clock, scenes.DEVICE, other, number, scenes.SPO2)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await played(app, pilot, clock, *[[wave] for wave in scenes.waves(4.0)])
        assert any("\u2800" < sign <= "\u28ff" for sign in text(app))


async def test_apnoea_is_said_over_the_co2_and_its_scale_stands_beside_it() -> None:
    clock = FrozenClock()
    silent = wards.device("capnostat", "capnostat5", Note.NO_BREATH)
    app = dashboard(clock, silent, wards.reading("capnostat", Measure.ETCO2, None))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        sets = [
            [msgspec.structs.replace(wave, channel=Channel.CO2, device="capnostat")]
            for wave in scenes.waves(2.0)
        ]
        await played(app, pilot, clock, *sets)
        rows = [line[:72] for line in lines(app)]
        title = next(row for row in rows if row.startswith("  CO2 kPa"))
        assert "ingen vejrtrækning" in title
        under = rows[rows.index(title) + 1 :]
        assert under[0].rstrip().endswith("15")
        assert any(row.rstrip().endswith(" 0") for row in under)
