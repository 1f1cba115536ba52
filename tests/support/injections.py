"""A practice that injects: its secret, its bed, and what its patients were given before."""

from __future__ import annotations

import hashlib
import hmac
import json
import subprocess
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clinics import BED, VAGT, Clinic, Ear, clinic, daemon, ear

from daemon.journal.events import CaseEntered, CaseOpened
from daemon.journal.store import FILE
from daemon.journal.writer import Journal
from vitals import deeds
from vitals.deeds import Said
from vitals.instant import Instant
from vitals.vocabulary import CaseKind, Part, Side

SECRET = "5e" * 32
CPR = "290264-1238"
OTHER = "0102631234"
DAY_S = 86_400.0
GIVE: dict[str, Any] = {"drug": "ropivacaine", "site": "L4", "side": "left", "part": "lumbar"}
MEDROL: dict[str, Any] = {"steroid": "methylprednisolone_acetate", "steroid_mg": 40}
PAIR: dict[str, Any] = {"spo2": 98, "systolic": 120, "diastolic": 70}
TRAINED = """
[[person]]
initials = "AS"
roles = ["anaesthesiologist"]
[[person.certificate]]
competence = "musculoskeletal"
course_on = 2020-01-01
approved_on = 2020-02-01
sent_on = 2020-03-01
[[person]]
initials = "MK"
roles = ["recovery"]
"""


def practice(root: Path, extra: str = "", *, country: str = "dk", mode: int = 0o400) -> Clinic:
    """Return a clinic with a secret that lies beside its configuration."""
    secret = root / "patients.key"
    secret.write_text(SECRET + "\n")
    secret.chmod(mode)
    place = clinic(root, extra=f'[patients]\nkey_file = "patients.key"\n{extra}')
    text = place.config.read_text().replace('code = "KN"', f'code = "KN"\ncountry = "{country}"')
    place.config.write_text(text)
    return place


@dataclass
class Room:
    """A bed where injections are given."""

    hears: Ear

    async def planned(self, code: str) -> None:
        answer = await self.hears.ask("plan", code=code, age="50y", case_kind="block")
        assert answer["result"] == "recorded", answer

    async def told(self, do: str, *, patient: str | None = None, **fields: Any) -> dict[str, Any]:
        deed = {"do": do, **fields}
        return await self.hears.ask("enter", deed=deed, patient=patient)

    async def said(self, do: str, *, patient: str | None = None, **fields: Any) -> dict[str, Any]:
        answer = await self.told(do, patient=patient, **fields)
        assert answer["result"] == "recorded", answer
        return self.hears.of("case", case=answer["case"])[-1]

    async def held(self, *, patient: str | None = None, **fields: Any) -> str:
        """Say that something was given, and return why that is held."""
        answer = await self.told("give", patient=patient, **{**GIVE, **fields})
        assert (answer["result"], answer["reason"]) == ("refused", "held"), answer
        return str(answer["detail"])

    async def given(self, *, patient: str | None = None, **fields: Any) -> dict[str, Any]:
        return await self.said("give", patient=patient, **{**GIVE, **fields})

    async def gone(self) -> dict[str, Any]:
        """Let the patient leave, what was overridden explained; return what the contract says."""
        await self.said("observe")
        if self.hears.of("case")[-1]["asks"]:
            await self.said("explain", reason="as agreed")
        case = await self.said("leave")
        return next(one for one in case["verdicts"] if one["basis"] == "contract")


@asynccontextmanager
async def room(place: Clinic) -> AsyncIterator[Room]:
    with daemon(place):
        async with ear(place) as hears:
            yield Room(hears)


def rules(case: dict[str, Any], weight: str) -> list[str]:
    return [one["rule"] for one in case["findings"] if one["weight"] == weight]


def exported(place: Clinic, kind: str) -> list[dict[str, Any]]:
    line = [*VAGT, "journal", "export", "--data", str(place.data)]
    done = subprocess.run(line, capture_output=True, check=True)
    events = [json.loads(one) for one in done.stdout.splitlines()]
    return [one["body"] for one in events if one["kind"] == kind]


def key(number: str) -> str:
    digits = number.replace("-", "").encode()
    return hmac.new(SECRET.encode(), digits, hashlib.sha256).hexdigest()


async def earlier(
    place: Clinic, days: Sequence[int], *, code: str = "2635", site: str = "L4"
) -> None:
    """Write into the journal what the patient was given so many days ago, with steroid."""
    place.data.mkdir(exist_ok=True)
    journal = Journal(place.data / FILE, f"boot {site}")
    now = time.time()
    await journal.open(Instant(0.0, now))
    for serial, ago in enumerate(days, 1):
        at = Instant(DAY_S * (400 - ago), now - DAY_S * ago)
        number = f"KN-{site}-{serial:03d}"
        await journal.append(_opened(number, serial, code, site), at)
        for place_in_case, deed in enumerate(_course(site), 1):
            made = key(CPR) if isinstance(deed, deeds.Give) else ""
            told = CaseEntered(number, BED, place_in_case, deed, 0.0, "AS", patient=made)
            await journal.append(told, at)
    await journal.close()


def _opened(number: str, serial: int, code: str, site: str) -> CaseOpened:
    return CaseOpened(
        case=number,
        day=f"{site} {serial}",
        serial=serial,
        bed=BED,
        case_kind=CaseKind.BLOCK,
        code=code,
        rules="abc",
        band="adult",
        two_years=True,
        limits={},
        limits_approved_by="",
        by="AS",
    )


def _course(site: str) -> tuple[Said, ...]:
    pair = deeds.Pair(spo2=98, systolic=120, diastolic=70)
    give = deeds.Give(drug="ropivacaine", site=site, side=Side.LEFT, part=Part.LUMBAR, **MEDROL)
    return pair, give, pair, deeds.Observe(), deeds.Leave()
