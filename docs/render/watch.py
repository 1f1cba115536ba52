"""The limits by age, and what is an alarm when."""

from __future__ import annotations

from collections.abc import Iterator

from sheets import Shelf, joined, label, mark, sourced, table
from taken import RenderError, Taken
from watching import around

from vitals.limits import Bound
from words.catalogue import Language, Words

CIRCULATION = ("Age", "Danish", "Heart rate, /min", "high at once", "Systolic, mmHg", "Mean, mmHg")
BREATHING = (
    "Age",
    "SpO2 below, %",
    "high at once at, %",
    "Respirations, /min",
    "EtCO2 spontaneous, kPa",
    "EtCO2 ventilated, kPa",
    "FiCO2 above, kPa",
    "Apnoea, s",
)
LATCHES = {"never": "", "high": "stays, when it had become high", "always": "stays"}
ENGLISH, DANISH = Words(Language.ENGLISH), Words(Language.DANISH)


def limits(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield the chapter of the limits."""
    for key in ("schema", "profile", "approved_on"):
        tables.take(key)
    floor = tables.take("spo2_floor")
    yield f"{joined(mark(tables))}. An alarm sounds below the first number and above the second."
    yield f"No clinic may set the SpO2 limit below {floor} %."
    circulation, breathing, sources = [], [], []
    for band in tables.rows("band"):
        age, danish = label(band)
        circulation.append([age, danish, *_rate(band), _span(band, "sbp"), _span(band, "map")])
        breathing.append([age, *_oxygen(band), *_breath(band)])
        sources.append(shelf.cited(band))
        _end(band, "id", "from")
    yield from table(CIRCULATION, circulation)
    yield from table(BREATHING, breathing)
    yield from _cite(sources)
    yield from ("Lower limits of blood pressure by year of age, in the place of those above:",)
    yield from _pressures(tables, shelf)
    yield from _awake(tables, shelf)
    yield from _altered(tables.table("oxygen"), tables.table("altering"), shelf)
    yield from _settable(tables, shelf)
    yield from _young(tables.table("infant"), tables.table("usual"), shelf)
    yield from _ageless(tables.table("unknown"), shelf)
    tables.done()


def alarms(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield the chapter of the alarm conditions."""
    tables.take("schema")
    yield f"{joined(mark(tables))}."
    heads = ("Condition", "Danish", "Priority", "After", "High after", "Ends after", "Its note")
    found = [_condition(row, shelf) for row in tables.rows("condition")]
    yield from sourced(heads, found)
    induction = tables.table("induction")
    grace, source = induction.take("grace_s"), shelf.cited(induction)
    induction.done()
    yield f"Probes that are not on yet alarm from {grace:g} s after anaesthesia start."
    yield f"Source: {source}."
    yield from around(tables, shelf)
    yield from ("", "How old a number may be:")
    rows = [_freshness(row, shelf) for row in tables.rows("freshness")]
    yield from sourced(("Measure", "Shown as old after", "Not shown after"), rows)
    tables.done()


def _rate(band: Taken) -> list[str]:
    rate = band.table("hr")
    inner, outer = _between(rate, "lo", "hi"), _between(rate, "ext_lo", "ext_hi")
    rate.done()
    return [inner, outer]


def _oxygen(band: Taken) -> list[str]:
    oxygen = band.table("spo2")
    cells = [f"{oxygen.take('lo'):g}", f"{oxygen.take('desat'):g} and below"]
    oxygen.done()
    return cells


def _breath(band: Taken) -> list[str]:
    spans = [_span(band, key) for key in ("rr", "etco2_spont", "etco2_vent")]
    return [*spans, f"{band.take('fico2_hi'):g}", f"{band.take('apnoea_s'):g}"]


def _span(band: Taken, key: str) -> str:
    span = band.table(key)
    said = _between(span, "lo", "hi")
    span.done()
    return said


def _between(span: Taken, lo: str, hi: str) -> str:
    return f"{span.take(lo):g}-{span.take(hi):g}"


def _pressures(tables: Taken, shelf: Shelf) -> Iterator[str]:
    rows = []
    for row in tables.rows("pressure"):
        cells = [str(row.take("age"))]
        cells += [f"{row.take(key):g}" for key in ("sbp_lo", "map_lo", "recovery_sbp_lo")]
        rows.append([*cells, shelf.cited(row)])
        row.done()
    heads = ("Age, years", "Systolic, mmHg", "Mean, mmHg", "Systolic in recovery, mmHg")
    yield from sourced(heads, rows)


def _awake(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield what recovery is held to in the place of what stands above."""
    rows = []
    for row in tables.rows("recovery"):
        cells = [ENGLISH.text(f"band.{row.take('band')}"), *_oxygen(row)]
        cells += [f"{row.take(key):g}" for key in ("rr_lo", "sbp_lo")]
        rows.append([*cells, shelf.cited(row)])
        row.done()
    yield "In recovery in their place; EtCO2 and FiCO2 are off, and no fast heart is high at once:"
    heads = ("SpO2 below, %", "high at once at, %", "Respirations below, /min")
    yield from sourced(("Age", *heads, "Systolic below where no year is known, mmHg"), rows)


def _altered(oxygen: Taken, altering: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield what is altered for one patient: by oxygen, and from where on a limit stands out."""
    yield f"While oxygen is given in recovery: SpO2 below {oxygen.take('spo2_lo'):g} %."
    share = f"{altering.take('extreme') * 100:g} %"
    yield f"A limit that is widened for one case by {share} of itself or more is called extreme."
    yield "So is one beyond what is high at once at that age. It is confirmed."
    yield from _cite([shelf.cited(oxygen), shelf.cited(altering)])
    oxygen.done()
    altering.done()


def _settable(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield how far the limits of a patient may be set at all."""
    rows = []
    for row in tables.rows("settable"):
        name, share = ENGLISH.text(f"measure.{row.take('measure')}"), row.take("share")
        spans = [_reach(row, bound) for bound in Bound]
        rows.append([name, *spans, f"{share * 100:g} %", shelf.cited(row)])
        row.done()
    yield "No limit of a case is set beyond these, whatever is confirmed:"
    heads = ("low", "high", "low, high at once", "high, high at once", "wider than by age by")
    yield from sourced(("Measure", *heads), rows)


def _reach(row: Taken, bound: str) -> str:
    given = row.maybe(bound)
    return "" if given is None else f"{given['least']:g}-{given['most']:g}"


def _young(infant: Taken, usual: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield what is shown of the youngest, and is no alarm."""
    below, rate = infant.take("below"), infant.take("hr_lo")
    yield f"Shown, and no alarm: a heart rate below {rate:g} /min in a patient below {below};"
    yield f"that a patient below {usual.take('from')} is outside the usual patients."
    sources = [shelf.cited(infant), shelf.cited(usual)]
    yield from _cite(sources)
    infant.done()
    usual.done()


def _ageless(row: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield the limits while nobody has said how old the patient is, as in an emergency."""
    english, danish = label(row)
    low, high = _oxygen(row)
    (rate, outer), apnoea_s = _rate(row), row.take("apnoea_s")
    systolic, mean = row.take("sbp_lo"), row.take("map_lo")
    yield f"**{english}** (*{danish}*), until it is said: SpO2 below {low} %, high at once at"
    yield f"{high}; heart rate {rate} /min, high at once at {outer}; systolic pressure below"
    yield f"{systolic} and mean below {mean} mmHg; apnoea {apnoea_s:g} s; no other limit."
    yield from (f"Source: {shelf.cited(row)}.", "")
    _end(row, "id")


def _condition(row: Taken, shelf: Shelf) -> list[str]:
    name = f"alarm.{row.take('id')}"
    late = [_seconds(row, "escalate_s"), _seconds(row, "extreme_s", " beyond the outer limit")]
    cells = [
        ENGLISH.text(name),
        DANISH.text(name),
        ENGLISH.text(f"priority.{row.take('priority')}"),
    ]
    cells += [_seconds(row, "onset_s"), joined(*late), _seconds(row, "off_s")]
    cells += [_latch(row.take("latches")), shelf.cited(row)]
    _end(row, "kind", "forget_s")
    return cells


def _freshness(row: Taken, shelf: Shelf) -> list[str]:
    name = ENGLISH.text(f"measure.{row.take('measure')}")
    cells = [name, _seconds(row, "fresh_s"), _seconds(row, "stale_s"), shelf.cited(row)]
    row.done()
    return cells


def _seconds(row: Taken, key: str, after: str = "") -> str:
    given = row.maybe(key)
    return "" if given is None else f"{given:g} s{after}" if given else f"at once{after}"


def _latch(name: str) -> str:
    if name not in LATCHES:
        raise RenderError(f"latches: {name}: has no words")
    return LATCHES[name]


def _end(row: Taken, *unsaid: str) -> None:
    """Leave out what no reader needs; whatever else nobody took is a fault."""
    for key in unsaid:
        row.take(key)
    row.done()


def _cite(sources: list[str]) -> Iterator[str]:
    if sources:
        yield from (f"Source: {'; '.join(dict.fromkeys(sources))}.", "")
