"""Two beds of a room are told apart by the first row, however long their names are."""

from __future__ import annotations

from datetime import date

import pytest
import scenes
from dashboards import sight_of
from msgspec import structs

from daemon.protocol.practice import Clinic, Site
from tui.header import header
from vitals.practice import Readiness
from words.catalogue import Language

BEDS = ("Opvågning 1", "Opvågning, plads 12 ved vinduet")


def row(
    bed: str, width: int, language: Language = Language.DANISH, site: str = "Klinik Nord"
) -> str:
    hello = structs.replace(scenes.HELLO, site=site, beds=(bed,))
    told = [hello, *scenes.greeting(scenes.DEVICE)[1:]]
    (found,) = header(sight_of(*told, language=language), width, 1)
    return "".join(span.text for span in found)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("bed", BEDS)
@pytest.mark.parametrize("site", ["Klinik Nord", "Øre-næse-halsklinikken i Nørresundby"])
def test_a_bed_is_never_cut_and_the_time_and_the_journal_stand_beside_it(
    bed: str, width: int, language: Language, site: str
) -> None:
    shown = row(bed, width, language, site)
    assert f" {bed} " in shown
    assert "10:42:07" in shown
    assert "✓" in shown
    assert "…" not in shown


def test_the_product_goes_first_and_then_the_site() -> None:
    assert row("Stue 1", 80).startswith(" Vagt · Klinik Nord · Stue 1 ")
    assert row(BEDS[0], 80).startswith(" Klinik Nord · Opvågning 1 ")
    assert row(BEDS[1], 80).startswith(f" {BEDS[1]} ")


def test_at_a_bed_of_the_clinic_of_the_day_that_clinic_is_named() -> None:
    there = Site("KS", "Klinikk Sør", beds=("Stue 1",))
    today = date(2026, 11, 22)
    told = Clinic(today, "KS", "KS", (there,), Readiness.READY, (), name=there.name)
    for bed, site in (("Stue 1", "Klinikk Sør"), ("Stue 2", "Klinik Nord")):
        hello = structs.replace(scenes.HELLO, site="Klinik Nord", beds=(bed,))
        sight = sight_of(hello, *scenes.greeting(scenes.DEVICE)[1:], told)
        shown = "".join(span.text for span in header(sight, 80, 1)[0])
        assert shown.startswith(f" Vagt · {site} · {bed} ")


def test_the_time_stands_in_the_middle_as_long_as_the_bed_leaves_it_room() -> None:
    assert row("Stue 1", 80).index("lør 21. nov") == row(BEDS[0], 80).index("lør 21. nov")
