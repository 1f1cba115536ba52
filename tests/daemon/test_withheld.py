"""What is written freely stands in no report; what a waiver is read for does."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest

from daemon.protocol.cases import Entry
from daemon.report.withheld import WITHHELD, bare, withheld
from vitals import deeds
from vitals.deeds import Said
from vitals.vocabulary import Cancellation, Modality, Part, Side

NAME = "Karen Hansen"
WRITTEN: tuple[Said, ...] = (
    deeds.Begin(reason=NAME),
    deeds.Rebook(NAME, code="3022", site=NAME),
    deeds.Finish(performed=False, reason=NAME),
    deeds.Recover(reason=NAME),
    deeds.HandOver("MK", NAME, bp_lowering=True),
    deeds.Cancel(Cancellation.OTHER, NAME),
    deeds.Transfer(NAME, NAME),
    deeds.Resume("3021", NAME),
    deeds.Correct(1, NAME),
    deeds.Give(NAME, NAME, Side.LEFT, Part.LUMBAR, steroid=NAME, steroid_mg=40.0),
    deeds.Abandon(NAME),
)
TOLD: tuple[Said, ...] = (
    deeds.Waive(Modality.ECG, NAME),
    deeds.Explain(NAME),
    deeds.Begin(anyway=True, reason=NAME),
    deeds.Recover(device_in_place=True, reason=NAME),
)


def entry(deed: Said, reason: str = "") -> Entry:
    return Entry(1, "2026-11-02T08:00:00Z", "2026-11-02T08:00:00Z", deed, "AS", reason=reason)


@pytest.mark.parametrize("deed", WRITTEN, ids=lambda deed: deed.name())
def test_what_somebody_wrote_is_left_out_and_the_rest_of_the_entry_is_as_it_was(
    deed: Said,
) -> None:
    found = withheld(entry(deed, NAME))
    told = msgspec.json.encode(found)
    assert NAME.encode() not in told
    assert msgspec.json.encode(entry(deed, NAME)) == told.replace(b'"-"', f'"{NAME}"'.encode())
    assert msgspec.json.decode(told, type=Entry) == found
    assert WITHHELD not in msgspec.json.encode(bare(found)).decode().split('"')


def test_every_deed_in_which_something_can_be_written_is_among_these() -> None:
    known = {type(one) for one in (*WRITTEN, *TOLD)}
    for kind in get_args(Said):
        schema = msgspec.json.schema(kind)["$defs"][kind.__name__]["properties"]
        free = [name for name, of in schema.items() if "120}" in of.get("pattern", "")]
        assert kind in known or not free, (kind, free)


@pytest.mark.parametrize("deed", TOLD, ids=lambda deed: deed.name())
def test_the_reason_of_a_waiver_stays(deed: Said) -> None:
    found = withheld(entry(deed))
    assert found.deed == deed
    assert bare(found).deed == deed


def test_nothing_written_is_left_as_nothing() -> None:
    for deed in (deeds.Prepare(), deeds.Finish(), deeds.Move("Stue 2", ("nonin",))):
        assert withheld(entry(deed)) == entry(deed)
