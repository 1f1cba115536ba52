"""The monitors: name, state, age of their data, and their values as plain text."""

from __future__ import annotations

from rich.cells import cell_len

from daemon.protocol.messages import Device
from tui.aging import shown
from tui.mirror import Held
from tui.sight import Reach, Sight
from tui.span import Row, Span, Tone, clean, clip, fit, width_of
from tui.value import ABSENT, plain
from vitals.measure import Measure
from vitals.vocabulary import DeviceState

NAME_CELLS = 20
"""What a name may take, where the state and the values leave it that much."""
NAME_LEAST = 4


def devicerow(sight: Sight, width: int, height: int) -> list[Row]:
    """Return one row a monitor while there is room; the last row takes those that are left."""
    title = f" {sight.words.text('devices.title')}  "
    room = width - cell_len(title)
    parts = [_device(sight, held, room) for _, held in sorted(sight.bed.devices.items())]
    parts = parts or [(Span(_nothing(sight)),)]
    rows: list[Row] = []
    for number in range(height):
        mine = parts[number : number + 1] if number < height - 1 else parts[number:]
        lead = Span(title if number == 0 else " " * len(title), Tone.QUIET)
        spans = [span for part in mine for span in (*part, Span("   "))]
        rows.append(fit((lead, *spans), width))
    return rows


def _device(sight: Sight, held: Held[Device], room: int) -> Row:
    """Return one monitor in `room` cells: its name yields, its values do not."""
    device = held.message
    state = sight.words.named("device", device.state.value)
    well = device.state is DeviceState.RECEIVING
    rest = (
        Span(f" {state}", Tone.QUIET if well else Tone.STRONG),
        Span(f" {_age(sight, held)}  ", Tone.QUIET),
        Span(_values(sight, device.name)),
    )
    name_cells = min(NAME_CELLS, max(NAME_LEAST, room - width_of(rest)))
    return (Span(clip(clean(device.name), name_cells), Tone.STRONG), *rest)


def _age(sight: Sight, held: Held[Device]) -> str:
    """Return the age of the data; current ones as last told, so that the figure does not race."""
    age_s = held.age_s(sight.now)
    if age_s is None:
        return sight.words.text("device.never")
    told_s = held.message.age_s
    if told_s is not None and held.message.state is DeviceState.RECEIVING:
        return sight.forms.age(told_s)
    return sight.forms.age(age_s)


def _values(sight: Sight, device: str) -> str:
    """Return `SpO2 97 · puls 118` of one device; old ones are followed by their age."""
    told = [key for key in sight.bed.readings if key[0] == device]
    return " · ".join(_value(sight, key) for key in sorted(told, key=_order))


def _value(sight: Sight, key: tuple[str, Measure, str | None]) -> str:
    _, measure, site = key
    return plain(sight, measure, shown(sight.bed, sight.bed.readings[key], sight.now), site)


def _order(key: tuple[str, Measure, str | None]) -> tuple[int, str]:
    return list(Measure).index(key[1]), key[2] or ""


def _nothing(sight: Sight) -> str:
    if sight.reach is Reach.LIVE and sight.mirror.complete:
        return sight.words.text("device.none", bed=sight.bed_name)
    return " · ".join(
        f"{sight.words.named('measure', measure.value)} {ABSENT}"
        for measure in (Measure.SPO2, Measure.PULSE_RATE)
    )
