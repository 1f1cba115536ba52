"""A strip as text: its numbers every five seconds, and one coarse line for each wave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from math import isclose

from daemon.journal.strip import Numbers, Strip, Wave

STEP_S = 5.0
CELL_S = 0.5
MISSING = "---"
"""A number that its device said it does not have."""
NOT_SENT = ""
BLOCKS = "▁▂▃▄▅▆▇█"
GAP = " "


def table(strip: Strip) -> list[tuple[str, ...]]:
    """Return a row for each step, with the last number that each measure had in it."""
    found = [(one, _steps(one, _seconds(strip.begin))) for one in strip.numbers]
    rows = [("TIME", *(_title(one) for one, _ in found))]
    begin, end = _seconds(strip.begin), _seconds(strip.end)
    for step in range(int((end - begin) // STEP_S) + 1):
        clock = datetime.fromtimestamp(begin + step * STEP_S).astimezone()
        cells = (cells.get(step, NOT_SENT) for _, cells in found)
        rows.append((clock.strftime("%H:%M:%S"), *cells))
    return rows


def waves(strip: Strip) -> Iterator[str]:
    """Yield two lines for each wave: what it is, and its curve."""
    begin, end = _seconds(strip.begin), _seconds(strip.end)
    for wave in strip.waves:
        cells = _peaks(wave, begin, end)
        yield _heading(wave, [one for one in cells if one is not None])
        yield _curve(cells)


def _seconds(at: str) -> float:
    return datetime.fromisoformat(at).timestamp()


def _steps(numbers: Numbers, begin: float) -> dict[int, str]:
    cells: dict[int, str] = {}
    for point in numbers.points:
        value = numbers.measure.rounded(point.value)
        cells[int((_seconds(point.at) - begin) // STEP_S)] = (
            MISSING if value is None else str(value)
        )
    return cells


def _title(numbers: Numbers) -> str:
    site = f" {numbers.site}" if numbers.site else ""
    return f"{numbers.measure}{site} {numbers.unit}"


def _peaks(wave: Wave, begin: float, end: float) -> list[float | None]:
    """Return the highest sample of each half second; None where there is none."""
    cells: list[float | None] = [None] * (int((end - begin) // CELL_S) + 1)
    for piece in wave.pieces:
        start = _seconds(piece.start) - begin
        for number, sample in enumerate(piece.samples):
            cell = int((start + number / wave.rate_hz) // CELL_S)
            if sample is not None and 0 <= cell < len(cells):
                before = cells[cell]
                cells[cell] = sample if before is None else max(before, sample)
    return cells


def _heading(wave: Wave, peaks: list[float]) -> str:
    whose = f"{wave.channel} {wave.device}, {wave.rate_hz:g} Hz, highest of each {CELL_S:g} s"
    if not peaks:
        return f"{whose}: no sample"
    return f"{whose}: {min(peaks):g} to {max(peaks):g} {wave.unit}"


def _curve(cells: list[float | None]) -> str:
    there = [one for one in cells if one is not None]
    low, high = min(there, default=0.0), max(there, default=0.0)
    return "".join(GAP if one is None else _block(one, low, high) for one in cells).rstrip()


def _block(value: float, low: float, high: float) -> str:
    if isclose(low, high):
        return BLOCKS[0]
    return BLOCKS[round((value - low) / (high - low) * (len(BLOCKS) - 1))]
