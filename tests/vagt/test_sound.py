"""`vagt sound test` and what `vagt doctor` says of sound, through the real ALSA."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from clinics import VAGT, Clinic, clinic
from doctors import only, scene
from loudspeakers import DEVICE, Loudspeaker, loudspeaker
from pulses import Burst
from sockets import Machine

from daemon.protocol.messages import Beat, JournalState
from daemon.protocol.sound import SoundState
from vagt.doctor.rules import rules
from vagt.doctor.sound import sound
from vagt.doctor.told import Told

HEARD = f'[sound]\ndevice = "{DEVICE}"\n'


@pytest.fixture
def speaker(tmp_path: Path) -> Loudspeaker:
    return loudspeaker(tmp_path)


def vagt(speaker: Loudspeaker, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*VAGT, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        timeout=15,
        env={**os.environ, **speaker.environment},
    )


def played(place: Clinic, speaker: Loudspeaker, *words: str) -> subprocess.CompletedProcess[str]:
    return vagt(speaker, "sound", "test", "--config", place.config, *words)


def test_each_burst_is_played_in_turn_and_said(tmp_path: Path, speaker: Loudspeaker) -> None:
    done = played(clinic(tmp_path, extra=HEARD), speaker)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "captured, 100 %",
        "high priority: 10 pulses of 523 Hz, again after 5 s: played",
        "call, high priority: 10 pulses of 784 Hz, again after 5 s: played",
        "medium priority: 3 pulses of 523 Hz, again after 10 s: played",
        "low priority: 2 pulses of 523 Hz, again after 30 s: played",
    ]
    assert [len(Burst(raw).pulses()) for raw in speaker.played] == [10, 10, 3, 2]


def test_one_burst_alone_at_the_volume_of_the_configuration(
    tmp_path: Path, speaker: Loudspeaker
) -> None:
    place = clinic(tmp_path, extra=HEARD + "volume = 50\n")
    done = played(place, speaker, "--priority", "high")
    assert done.stdout.splitlines()[0] == "captured, 50 %"
    (raw,) = speaker.played
    assert Burst(raw).peak == pytest.approx(32_767 / 2, rel=0.02)


def test_a_device_that_refuses_is_one_line_and_a_negative_answer(
    tmp_path: Path, speaker: Loudspeaker
) -> None:
    speaker.unplug()
    done = played(clinic(tmp_path, extra=HEARD), speaker)
    said = "no such file or directory: name a device that `aplay -L` lists in [sound]"
    assert (done.returncode, done.stderr) == (1, f"vagt sound: captured: {said}\n")
    assert "played" not in done.stdout


def test_where_the_daemon_is_silent_it_is_said(tmp_path: Path, speaker: Loudspeaker) -> None:
    place = clinic(tmp_path, extra=f"{HEARD}off = true\n")
    done = played(place, speaker, "--priority", "low")
    assert "off by the configuration: the daemon plays nothing" in done.stdout.splitlines()[0]
    assert len(speaker.played) == 1


@pytest.mark.parametrize(
    ("extra", "words", "says"),
    [
        ("[sound]\nvolume = 7\n", (), "volume: 7 is below the floor of 40: raise it"),
        ("[sound]\nvolume = 101\n", (), "[sound]: volume: "),
        ('[sound]\ndevice = "-h"\n', (), "[sound]: device: "),
        ("[sound]\nloud = 7\n", (), "[sound]: loud: is unknown: remove it"),
        (HEARD, ("--priority", "shrill"), "invalid choice: 'shrill' (choose from 'high', 'call'"),
    ],
)
def test_what_cannot_be_meant_is_wrong_use(
    tmp_path: Path, speaker: Loudspeaker, extra: str, words: tuple[str, ...], says: str
) -> None:
    done = played(clinic(tmp_path, extra=extra), speaker, *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert speaker.played == []


def test_doctor_tries_the_device_without_a_sound(tmp_path: Path, speaker: Loudspeaker) -> None:
    place = clinic(tmp_path, extra=HEARD)
    done = vagt(speaker, "doctor", "--config", place.config, "--json")
    checked = {one["id"]: one["what"] for one in json.loads(done.stdout)["checked"]}
    assert checked["sound"].startswith("captured: takes what is played; ")
    assert speaker.played == []


def test_doctor_names_a_device_that_cannot_be_used(tmp_path: Path, speaker: Loudspeaker) -> None:
    speaker.unplug()
    place = clinic(tmp_path, extra=HEARD)
    done = vagt(speaker, "doctor", "--config", place.config, "--json")
    found = {one["id"]: one for one in json.loads(done.stdout)["findings"]}
    assert found["sound_unusable"] == {
        "id": "sound_unusable",
        "what": "sound: captured: no such file or directory",
        "remedy": "name a device that `aplay -L` lists in [sound]",
    }


def test_doctor_names_a_volume_with_which_the_daemon_does_not_start(tmp_path: Path) -> None:
    (finding,) = rules(scene(Machine(tmp_path / "root"), extra="[sound]\nvolume = 7\n")).findings
    assert finding.id == "sound_faint"
    assert finding.what == "[sound]: volume: 7 is below the floor of 40: raise it"


def test_doctor_believes_the_daemon_before_it_tries_itself(tmp_path: Path) -> None:
    told = Told(1, 0)
    one = replace(scene(Machine(tmp_path / "root"), extra=HEARD), told=told)
    told.hear(Beat("", JournalState.RECORDING, 0, SoundState.ON))
    assert sound(one, lambda _: "default: busy: wait").findings == ()
    told.hear(Beat("", JournalState.RECORDING, 0, SoundState.UNUSABLE))
    assert only(sound(one, lambda _: "default: busy: wait")).remedy == "wait"
    finding = only(sound(one, lambda _: ""))
    assert finding.what.endswith("plays and refuses the daemon")
    assert finding.remedy == "let the daemon's user into the group audio"
