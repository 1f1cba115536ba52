"""With which codes an anaesthetic is started, asked of a real daemon."""

from __future__ import annotations

import json
import re
import subprocess
from functools import partial
from pathlib import Path

import pytest
from clinics import VAGT, Clinic, clinic, daemon, ear

from daemon.codes import anaesthetic
from daemon.library import load
from daemon.refused import RefusedError

ANAESTHETICS = ["3021", "3022", "3023", "3024", "3025"]
REFUSED = {
    "unknown_code": ["3026", "0", "3O21", " 3021"],
    "withdrawn_code": ["0112", "0120", "2625", "2631", "3020", "5010"],
    "code_not_alone": ["5000", "2265"],
    "no_anaesthetic": ["2622", "2635", "2637", "2620", "2638", "recovery"],
}


def begun(place: Clinic) -> list[str]:
    """Return the codes that the journal has, in order."""
    done = subprocess.run(
        [*VAGT, "journal", "export", "--data", str(place.data)], capture_output=True, check=True
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return [row["body"]["code"] for row in rows if row["kind"] == "case_opened"]


async def test_each_code_of_an_anaesthetic_starts_one_and_every_other_is_refused_by_name(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as hears:
            for reason, codes in REFUSED.items():
                for code in codes:
                    answer = await hears.ask("start", code=code, age="4y")
                    assert (answer["result"], answer["reason"]) == ("refused", reason), code
                    assert code.strip() in answer["detail"]
                    assert ", ".join(ANAESTHETICS) in answer["detail"]
            assert hears.of("case") == []
            for code in (*ANAESTHETICS, "ana:3022"):
                answer = await hears.ask("start", code=code, age="4y")
                assert answer["result"] == "recorded"
                await hears.hear(partial(hears.of, "case", case=answer["case"]))
                (told, *_) = hears.of("case", case=answer["case"])
                assert told["code"] == code[-4:]
                assert (await hears.ask("end"))["result"] == "recorded"
                await hears.home()
    assert begun(place) == [*ANAESTHETICS, "3022"]


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("2625", "2625 (Transcutaneous nerve stimulation) is withdrawn, now part of 2624"),
        ("3020", "3020 (Anaesthesia for eye specialists) is withdrawn; the codes are 3021"),
        ("5000", "goes with an anaesthetic: name that one; the codes are 3021"),
        ("2622", "is no anaesthetic"),
    ],
)
def test_a_refusal_says_what_the_code_is(code: str, says: str) -> None:
    rules = load()
    with pytest.raises(RefusedError, match=re.escape(says)):
        anaesthetic(rules, code, rules.durations.valid_from)


async def test_an_ent_number_is_answered_with_what_it_is_and_the_code_of_its_anaesthesia(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as hears:
            for code, says in {
                "ent:3022": "(paracentesis)', a procedure and no anaesthesia code;"
                " its anaesthesia is 3021",
                "3005": "no code '3005'; ent:3005 is 'Removal of adenoids",
                "ent:3053": "by its site its anaesthesia is 3022 or 3024",
                "eye:3022": "no specialty 'eye'; the specialties are ana:, ent:",
            }.items():
                answer = await hears.ask("start", code=code, age="4y")
                assert (answer["result"], answer["reason"]) == ("refused", "unknown_code"), code
                assert says in answer["detail"]
    assert begun(place) == []
