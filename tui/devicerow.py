"""The monitors: name, state, what they say of themselves, and their values as plain text."""

from __future__ import annotations

from enum import IntEnum

from rich.cells import cell_len

from daemon.protocol.messages import Device
from tui.aging import of_one, shown
from tui.group import ART, NIBP, brief
from tui.mirror import Held
from tui.notice import TURN_S
from tui.packing import packed
from tui.sight import Reach, Sight
from tui.span import Row, Span, Tone, clean, clip, fit, width_of
from tui.value import ABSENT, plain
from vitals.measure import Measure
from vitals.reading import Note
from vitals.vocabulary import DeviceState

NAME_CELLS = 20
"""What a name may take, where the state and the values leave it that much."""
NAME_LEAST, NAME_KNOWN = 4, 8
"""What it keeps beside values, and beside the reason why there are none."""
_TOGETHER = (NIBP, ART)
HARMLESS = frozenset({Note.CUFF_INFLATING, Note.FROM_MEMORY, Note.SPOT_CHECK})
"""Notes of a device that is well."""


class Detail(IntEnum):
    """How much is told of a monitor; each tells less than the one before."""

    ALL = 0
    WITHOUT_STATE = 1
    """That it receives is plain from its values."""
    WITHOUT_VALUES = 2
    WITHOUT_AGE = 3
    NAMED = 4
    """A mark for one that is well; a word for one that is not."""


def devicerow(sight: Sight, width: int, height: int) -> list[Row]:
    """Return the monitors in whole parts, those with trouble first; `+2` where two have no room.

    As much is told as there is room for; of one in trouble why, as long as that leaves any room.
    """
    title = f" {sight.words.text('devices.title')}  "
    room = width - cell_len(title)
    rows = _told(sight, room, height) or [(Span(_nothing(sight)),)]
    lead = [
        Span(title if number == 0 else " " * len(title), Tone.QUIET) for number in range(height)
    ]
    rows = [*rows, *[()] * (height - len(rows))]
    return [fit((lead[number], *rows[number]), width) for number in range(height)]


def _told(sight: Sight, room: int, height: int) -> list[Row]:
    """Return the rows of the first level of detail that holds every monitor, else of the best."""
    held = sorted(sight.bed.devices.values(), key=_order)
    if len(held) <= height:
        return [_whole(sight, one, room) for one in held]
    well = sum(_rank(one.message) == _WELL for one in held)
    levels = [(detail, 0) for detail in Detail if detail < Detail.NAMED]
    for detail, most in (*levels, (Detail.WITHOUT_AGE, well)):
        rows, left = packed([_part(sight, one, room, detail) for one in held], room, height)
        if left <= most:
            return rows
    return _in_turn(sight, held, room, height)


def _in_turn(sight: Sight, held: list[Held[Device]], room: int, height: int) -> list[Row]:
    """Return all in a word, then each that cannot be read with why, one after the other."""
    ailing = [one for one in held if one.message.fault is not None]
    turn = int(sight.now.seconds_since(sight.place.started) // TURN_S) % (len(ailing) + 1)
    told = [_part(sight, one, room, Detail.NAMED) for one in held]
    if turn:
        first = ailing[turn - 1]
        told = [part for part, one in zip(told, held, strict=True) if one is not first]
        told = [_part(sight, first, room, Detail.WITHOUT_AGE), *told]
    return packed(told, room, height)[0]


def _whole(sight: Sight, held: Held[Device], room: int) -> Row:
    """Return one monitor with as much as a row of its own has room for; its name yields."""
    least = NAME_LEAST if held.message.fault is None else NAME_KNOWN
    return _named(held.message, _fitting(sight, held, room, Detail.ALL, least), room)


_WELL = 2


def _rank(device: Device) -> int:
    """Return 0 for one that cannot be read, 1 for one that warns of itself, else 2."""
    if device.state is not DeviceState.RECEIVING:
        return 0
    return 1 if set(device.notes) - HARMLESS else _WELL


def _order(held: Held[Device]) -> tuple[int, str]:
    return _rank(held.message), held.message.name


def _part(sight: Sight, held: Held[Device], room: int, detail: Detail) -> Row:
    """Return one monitor among others, with less than `detail` where a row has no room for it."""
    name_cells = min(NAME_CELLS, cell_len(clean(held.message.name)))
    return _named(held.message, _fitting(sight, held, room, detail, name_cells), room)


def _fitting(sight: Sight, held: Held[Device], room: int, detail: Detail, name: int) -> Row:
    """Return what follows a name of `name` cells: the most, from `detail` on, that has room."""
    rests = (_rest(sight, held, one) for one in Detail if one >= detail)
    fitting = (rest for rest in rests if width_of(rest) + name <= room)
    return next(fitting, _rest(sight, held, max(detail, Detail.WITHOUT_AGE)))


def _named(device: Device, rest: Row, room: int) -> Row:
    """Return name and rest in at most `room` cells: the name yields, the rest does not."""
    cells = min(NAME_CELLS, max(NAME_LEAST, room - width_of(rest)))
    row = (Span(clip(clean(device.name), cells), Tone.STRONG), *rest)
    return fit(row, min(room, width_of(row)))


def _rest(sight: Sight, held: Held[Device], detail: Detail) -> Row:
    """Return what follows the name."""
    device = held.message
    tone = Tone.QUIET if _rank(device) == _WELL else Tone.STRONG
    aged = detail <= Detail.WITHOUT_VALUES
    values = _values(sight, device.name) if detail <= Detail.WITHOUT_STATE else ""
    parts = (
        Span(_state(sight, device, detail), tone),
        Span(_age(sight, held) if aged else "", Tone.QUIET),
        Span(_said(sight, device, detail), tone),
    )
    row = tuple(Span(f" {part.text}", part.tone) for part in parts if part.text)
    return (*row, Span(f"  {values}")) if values else row


def _state(sight: Sight, device: Device, detail: Detail) -> str:
    """Return the state, where nothing else tells it."""
    state = sight.words.named("device", device.state.value)
    if device.state is not DeviceState.RECEIVING:
        return "" if detail is Detail.WITHOUT_AGE and device.fault else state
    if detail is Detail.ALL:
        return state
    return "✓" if detail >= Detail.WITHOUT_AGE and _rank(device) == _WELL else ""


def _said(sight: Sight, device: Device, detail: Detail) -> str:
    """Return why it cannot be read, what it says of itself, and that it has no check."""
    words = sight.words
    notes = [words.named("note", note.value) for note in device.notes]
    parts = [] if detail is Detail.NAMED and _rank(device) != 1 else notes
    if device.fault is not None and detail is not Detail.NAMED:
        parts = [words.text(f"fault.{device.fault.value}", protocol=device.protocol), *parts]
    return ", ".join(part for part in (*parts, _unchecked(sight, device)) if part)


def _unchecked(sight: Sight, device: Device) -> str:
    return "" if device.checked else sight.words.text("device.unchecked")


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
    keys = sorted((key for key in sight.bed.readings if key[0] == device), key=_place)
    return " · ".join(text for key in keys if (text := _value(sight, key)))


def _value(sight: Sight, key: tuple[str, Measure, str | None]) -> str:
    """Return one value, or those that are read together in the place of the first of them."""
    device, measure, site = key
    group = next((one for one in _TOGETHER if measure in one.measures), None)
    if group is None or site is not None:
        return plain(sight, measure, shown(sight.bed, sight.bed.readings[key], sight.now), site)
    first = next(one for one in group.measures if (device, one, None) in sight.bed.readings)
    found = of_one(sight.bed, device, group.measures, sight.now)
    return brief(sight, group, found) if measure is first else ""


def _place(key: tuple[str, Measure, str | None]) -> tuple[int, str]:
    return list(Measure).index(key[1]), key[2] or ""


def _nothing(sight: Sight) -> str:
    if sight.reach is Reach.LIVE and sight.mirror.complete:
        return sight.words.text("device.none", bed=sight.bed_name)
    return " · ".join(
        f"{sight.words.named('measure', measure.value)} {ABSENT}"
        for measure in (Measure.SPO2, Measure.PULSE_RATE)
    )
