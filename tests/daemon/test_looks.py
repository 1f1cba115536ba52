"""A daemon that is told the wrong protocol says so, and what the bytes look like instead."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from clinics import clinic, daemon, ear
from talkers import table, talking

WITHIN_S = 10.0

PAIRS = [
    ("nonin-df7", "nonin-df2"),
    ("nonin-df2", "nonin-df7"),
    ("nonin-df7", "masimo-ascii1"),
    ("nonin-df7", "nellcor"),
    ("nonin-text", "nellcor"),
    ("nellcor", "masimo-ascii1"),
    ("masimo-ascii1", "nonin-text"),
    ("capnostat5", "phasein"),
    ("phasein", "capnostat5"),
    ("phasein", "nonin-df7"),
    ("capnostream", "capnostat5"),
    ("ivy450c", "ge-dri"),
    ("ge-dri", "ivy450c"),
    ("dinamap", "medibus"),
    ("medibus", "dinamap"),
]
"""What speaks, and what was configured."""


def names(pairs: list[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    return {f"{spoken} for {told}": (spoken, told) for spoken, told in pairs}


async def test_within_ten_seconds_a_wrong_protocol_is_named_and_the_right_one_guessed(
    tmp_path: Path,
) -> None:
    wired = {
        name: (tmp_path / f"tty-{number}", *pair)
        for number, (name, pair) in enumerate(names(PAIRS).items())
    }
    tables = "".join(table(name, told, port) for name, (port, _, told) in wired.items())
    place = clinic(tmp_path, extra=tables)
    lines = [(port, spoken) for port, spoken, _ in wired.values()]
    async with talking(lines):
        with daemon(place):
            async with ear(place) as hears:

                def unheard() -> set[str]:
                    noisy = {found["name"] for found in hears.of("device", fault="noise")}
                    return set(wired) - noisy

                begun = time.monotonic()
                await hears.hear(lambda: not unheard(), within_s=WITHIN_S)
                for name, (_, _, told) in wired.items():
                    said = hears.of("device", name=name, fault="noise")[-1]
                    assert said["reason"] == f"bytes arrive but none are valid for {told}"
                    assert said["state"] != "receiving"
                right = {name: [spoken] for name, (_, spoken, _) in wired.items()}
                # A chance frame of the wrong protocol begins the bytes anew: then look once more.
                while (looks := await looked(hears)) != right:
                    assert time.monotonic() - begun < WITHIN_S, looks


async def test_what_is_read_is_not_guessed_at_and_noise_looks_like_nothing(tmp_path: Path) -> None:
    noise = tmp_path / "tty-noise"
    place = clinic(tmp_path, extra=table("noise", "nonin-df2", noise))
    async with talking([(place.port, "nonin-df2"), (noise, "contec-old")]):
        with daemon(place):
            async with ear(place) as hears:
                await hears.hear(lambda: hears.of("device", name="noise", fault="noise"))
                assert hears.of("device", name="nonin")[-1]["state"] == "receiving"
                assert await looked(hears) == {"noise": []}


async def test_a_device_that_says_what_it_should_is_never_complained_of(tmp_path: Path) -> None:
    port = tmp_path / "tty-ivy"
    place = clinic(tmp_path, extra=table("ivy", "ivy450c", port))
    async with talking([(place.port, "nonin-df2"), (port, "ivy450c")]):
        with daemon(place):
            async with ear(place) as hears:
                await hears.hear(lambda: len(hears.of("beat")) > 3)
                assert hears.of("device", state="receiving", name="ivy")
                assert not hears.of("device", fault="noise")


async def looked(hears: Any) -> dict[str, list[str]]:
    """Ask as a client would, and return what each device looks like."""
    number = f"look-{len(hears.heard)}"
    hears.writer.write(f'{{"kind":"look","id":"{number}","by":"AS"}}\n'.encode())
    await hears.hear(lambda: hears.of("looks", id=number))
    (answer,) = hears.of("looks", id=number)
    assert all(found["bytes"] <= 4096 for found in answer["devices"])
    return {found["device"]: found["protocols"] for found in answer["devices"]}
