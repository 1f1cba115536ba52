from __future__ import annotations

from pathlib import Path

import pytest
from clinics import BED, VAGT, Clinic, clinic, daemon, ear, oximeter
from panes import Pane, pane

from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow

RECOVERY = "Opvågning"
STEADY = Patient(PatientRow(bed=BED, age="4y", spo2=97, pulse_rate=118))


def shown(place: Clinic, bed: str) -> tuple[str, ...]:
    words = ("show", "--socket", str(place.socket), "--lang", "da", "--by", "AS", "--bed", bed)
    return (*VAGT, *words)


def text(screen: Pane) -> str:
    return "\n".join(screen.lines())


def empty(screen: Pane) -> bool:
    """Tell whether no number and no wave is on the screen, and the bed has no device."""
    told = "Intet apparat er sat op til Stue 1" in text(screen)
    return told and screen.digits() == ["---", "---"] and not screen.wave()


@pytest.mark.timeout(60)
async def test_recovery_takes_the_oximeter_with_the_child_and_the_theatre_lets_it_go(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path, extra=f'[[bed]]\nname = "{RECOVERY}"\n')
    folders = [tmp_path / name for name in ("theatre", "recovery")]
    for folder in folders:
        folder.mkdir()
    with (
        daemon(place),
        pane(folders[0], *shown(place, BED), columns=80, rows=24) as theatre,
        pane(folders[1], *shown(place, RECOVERY), columns=80, rows=24) as recovery,
    ):
        async with oximeter(place, STEADY), ear(place) as hears:
            await theatre.until(lambda: theatre.digits() == ["97", "118"] and theatre.wave())
            await recovery.until(lambda: "F3 flyt" in recovery.lines()[-1])
            recovery.press("F3")
            await recovery.until(lambda: "Apparat: ▸1 nonin (Stue 1)" in text(recovery))
            assert "Q luk" in recovery.lines()[-1]
            recovery.press("1")
            recovery.press("Enter")
            await recovery.until(lambda: f"nonin til: ▸1 {RECOVERY}   2 Stue 1" in text(recovery))
            recovery.press("Enter")
            await recovery.until(lambda: recovery.digits() == ["97", "118"] and recovery.wave())
            await theatre.until(lambda: empty(theatre))
            moved = f"apparat flyttet: nonin, {BED} → {RECOVERY} · AS"
            assert moved in text(recovery)
            assert moved in text(theatre)
            await hears.hear(lambda: hears.of("reading", bed=RECOVERY))
