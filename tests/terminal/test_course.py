from __future__ import annotations

import re
from pathlib import Path

import pytest
from clinics import BED, VAGT, Clinic, clinic, daemon, ear, oximeter
from panes import Pane, pane

from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow

STEADY = Patient(PatientRow(bed=BED, age="4y", spo2=97, pulse_rate=118))


def shown(place: Clinic) -> tuple[str, ...]:
    return (*VAGT, "show", "--socket", str(place.socket), "--lang", "da", "--by", "AS")


class Hands:
    """Presses keys on a terminal and waits for what they lead to."""

    def __init__(self, screen: Pane) -> None:
        self.screen = screen

    async def press(self, keys: str, expected: str) -> None:
        """Press each sign, `~` being Enter, until the screen shows a pattern."""
        for key in keys:
            self.screen.press("Enter" if key == "~" else key)
        await self.see(expected)

    async def see(self, expected: str) -> None:
        found = re.compile(expected)
        await self.screen.until(lambda: found.search("\n".join(self.screen.lines())))


@pytest.mark.timeout(90)
async def test_a_child_goes_from_plan_to_verdict_and_home_by_keys_alone(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    with daemon(place), pane(tmp_path, *shown(place), columns=80, rows=24) as screen:
        hands = Hands(screen)
        async with oximeter(place, STEADY), ear(place) as hears:
            await screen.until(lambda: screen.digits() == ["97", "118"])
            await hands.press("n4~", r"Starttjek   6 punkter mangler")
            await hands.press("~", r"Afvist: holdt")
            await hands.press("f1", r"Starttjek   starttjek i orden")
            await hands.press("~", r"Anæstesi KN-\d{6}-001 · 3021 · 2-4 år +00:00:0\d")
            await hands.press("ll", r"larynxmaske anlagt · AS")
            await hands.press("-0lr", r"luftvej fjernet · AS")
            await hands.press("ss", r"001 slut · 3021")
            await hands.press("rj", r"tidlig opvågning")
            await hands.press("hMK~rolig~n", r"sen opvågning .*MK \d\d:\d\d")
            await hands.press("e12345~", r"Krav: (OPFYLDT|TIL GENNEMGANG)")
            await hands.press("uj", r"001 hjemsendt")
            await hands.press("!!", r"NØDSTART KN-\d{6}-002 · Alder ukendt")
            await hands.press("g8m~", r"NØDSTART KN-\d{6}-002 · Spædbarn")
            await hears.hear(lambda: hears.of("case", state="discharged"))
            await hears.hear(lambda: hears.of("case", emergency=True, band="infant"))


@pytest.mark.timeout(60)
async def test_a_block_goes_from_plan_to_leaving_by_keys_alone(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    with daemon(place), pane(tmp_path, *shown(place), columns=120, rows=40) as screen:
        hands = Hands(screen)
        async with oximeter(place, STEADY):
            await screen.until(lambda: screen.digits() == ["97", "118"])
            await hands.press("n45 b2635~", r"Behandling KN-\d{6}-001 planlagt · 2635")
            await hands.press("p98 120/70~", r"001 målt før")
            await hands.press("dropi~L4~vl~nn~uu~", r"001 givet")
            await hands.press("p97 118/68~", r"001 målt efter")
            await hands.press("oj", r"001 observeret")
            await hands.press("uj", r"001 afsluttet")
