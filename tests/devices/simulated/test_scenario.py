from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

import devices.simulated
from devices.catalogue import PROTOCOLS
from devices.simulated.catalogue import SIMULATORS
from devices.simulated.rows import Deed, Probe, StaffEvent
from devices.simulated.scenario import Scenario, read_scenario

FOLDER = Path(devices.simulated.__path__[0]) / "scenarios"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))
LIMIT = 92
"""The lower saturation limit of a four-year-old, below which the medium alarm stands."""
DESATURATION = 85

TOP = """
name = "short"
label = "Short"
duration_s = 10
"""
ROWS = """
device = [{ name = "nonin", protocol = "nonin-df2", bed = "Stue 1" }]
patient = [{ bed = "Stue 1", age = "4y", spo2 = 98, pulse_rate = 118 }]
"""
TWO_BEDS = """
device = [{ name = "nonin", protocol = "nonin-df2", bed = "Stue 1" }]
patient = [
    { bed = "Stue 1", age = "4y", spo2 = 98, pulse_rate = 118 },
    { bed = "Stue 2", age = "8m", spo2 = 97, pulse_rate = 130 },
]
"""


def bundled(name: str) -> Scenario:
    found = read_scenario((FOLDER / f"{name}.toml").read_text(), name)
    assert isinstance(found, Scenario), found
    return found


def errors(text: str) -> list[str]:
    found = read_scenario(text, "short.toml")
    assert isinstance(found, list)
    return found


def one_error(event: str) -> str:
    (error,) = errors(f"{TOP}{ROWS}event = [{{ {event} }}]")
    return error


def anaesthetics(scenario: Scenario) -> list[StaffEvent]:
    """Return when each anaesthetic starts and ends."""
    return [event for event in scenario.staff if event.do in (Deed.START, Deed.END)]


def test_the_scenarios_come_with_the_product() -> None:
    alarms = [f"alarms-{what}" for what in ("arrest", "breath", "monitor", "pressure", "pulse")]
    assert [*alarms, "busy-day", "clinic", "desaturation", "full-bed", "grommet-morning"] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_bundled_scenario_can_be_played(name: str) -> None:
    scenario = bundled(name)
    assert scenario.name == name
    assert {device.protocol for device in scenario.devices} <= SIMULATORS.keys()
    assert all(scenario.cable_in(device.name, 0) for device in scenario.devices)


def test_every_simulated_protocol_can_be_read() -> None:
    assert SIMULATORS.keys() <= PROTOCOLS.keys()


@pytest.mark.parametrize("seed", range(10))
def test_the_desaturation_deepens_and_recovers_on_time(seed: int) -> None:
    patient = bundled("desaturation").patient("Stue 1", seed)

    def shown(since_s: float, until_s: float) -> list[int]:
        steps = range(round(since_s * 10), round(until_s * 10) + 1)
        return [round(patient.at(step / 10).spo2) for step in steps]

    assert min(shown(0, 6)) >= LIMIT
    assert max(shown(8, 13.8)) < LIMIT
    assert min(shown(8, 13.8)) > DESATURATION
    assert max(shown(15, 17.9)) <= DESATURATION
    assert min(shown(20, 40)) > LIMIT


def test_the_desaturation_ends_with_a_probe_off_and_a_cable_out() -> None:
    scenario = bundled("desaturation")
    patient = scenario.patient("Stue 1")
    assert scenario.duration_s == 40
    assert scenario.induction_grace_s == 5
    off = [t / 2 for t in range(80) if patient.at(t / 2).probe is Probe.OFF]
    assert (off[0], off[-1]) == (22, 28.5)
    out = [t / 2 for t in range(80) if not scenario.cable_in("nonin", t / 2)]
    assert (out[0], out[-1]) == (30, 35.5)
    deeds = [
        (event.at_s, event.do, event.alarm) for event in scenario.staff if event.do is not Deed.SAY
    ]
    assert deeds == [
        (2, Deed.START, None),
        (17, Deed.ACKNOWLEDGE, "spo2_low"),
        (38.5, Deed.END, None),
    ]


def test_the_clinic_runs_short_cases_one_after_the_other() -> None:
    staff = anaesthetics(bundled("clinic"))
    assert [event.do for event in staff] == [Deed.START, Deed.END] * 6
    assert staff[0].at_s == 3
    lengths = [end.at_s - start.at_s for start, end in zip(staff[::2], staff[1::2], strict=True)]
    assert all(6 * 60 <= length <= 8 * 60 for length in lengths)
    pauses = [b.at_s - a.at_s for a, b in zip(staff[1::2], staff[2::2], strict=False)]
    assert all(2 * 60 <= pause <= 4 * 60 for pause in pauses)


@pytest.mark.parametrize("seed", range(3))
def test_the_clinic_dips_mildly_and_without_jumps_for_hours(seed: int) -> None:
    scenario = bundled("clinic")
    assert scenario.repeats
    patient = scenario.patient("Stue 1", seed)
    states = [patient.at(second) for second in range(2 * 3600 + 10)]
    assert all(abs(a.spo2 - b.spo2) < 1 for a, b in pairwise(states))
    assert all(abs(a.pulse_rate - b.pulse_rate) < 2 for a, b in pairwise(states))
    low = [second for second, state in enumerate(states) if round(state.spo2) < LIMIT]
    assert min(states[second].spo2 for second in low) > DESATURATION
    assert all(states[second].probe is Probe.ON for second in low)
    dips = sum(b - a > 1 for a, b in pairwise(low)) + 1
    assert dips == 2 * 9


def test_the_probe_is_on_whenever_a_clinic_case_runs() -> None:
    scenario = bundled("clinic")
    patient = scenario.patient("Stue 1")
    staff = anaesthetics(scenario)
    starts, ends = staff[::2], staff[1::2]
    for start, end in zip(starts, ends, strict=True):
        running = range(int(start.at_s), int(end.at_s) + 1)
        assert all(patient.at(second).probe is Probe.ON for second in running)
        assert patient.at(end.at_s + 60).probe is Probe.OFF


def test_a_repeating_scenario_repeats_its_cables() -> None:
    events = 'event = [{ at_s = 4, device = "nonin", cable = "out" }]'
    scenario = read_scenario(f"{TOP}repeats = true{ROWS}{events}", "short.toml")
    assert isinstance(scenario, Scenario)
    assert [scenario.cable_in("nonin", t) for t in (3, 4, 9.9, 10, 14)] == [
        True, False, False, True, False,
    ]  # fmt: skip


def test_an_event_without_a_bed_is_the_only_patients() -> None:
    scenario = read_scenario(f"{TOP}{ROWS}event = [{{ at_s = 1, spo2 = 80 }}]", "short.toml")
    assert isinstance(scenario, Scenario)
    assert scenario.patient("Stue 1").at(2).spo2 < 81


def test_an_event_with_a_bed_leaves_the_others_alone() -> None:
    event = 'event = [{ at_s = 1, bed = "Stue 2", spo2 = 80 }]'
    scenario = read_scenario(f"{TOP}{TWO_BEDS}{event}", "short.toml")
    assert isinstance(scenario, Scenario)
    assert scenario.patient("Stue 1").at(2).spo2 > 97
    assert scenario.patient("Stue 2").at(2).spo2 < 81


def test_what_is_no_toml_says_where() -> None:
    (error,) = errors("name = ]\n")
    assert error.startswith("short.toml: is not TOML: ")
    assert "line 1" in error


def test_an_unknown_top_key_is_refused() -> None:
    assert errors(f"{TOP}speed = 3{ROWS}") == ["short.toml: Object contains unknown field `speed`"]


def test_every_error_is_listed_at_once() -> None:
    text = f"""{TOP}
        device = [{{ name = "nonin", bed = "Stue 1" }}]
        patient = [{{ bed = "Stue 1", age = "four", spo2 = 980, pulse_rate = 118 }}]
        event = [
            {{ at_s = -1, spo2 = 90 }},
            {{ at_s = 1, spo2 = 90 }},
            {{ at_s = 1, device = "nonin", cable = "loose" }},
        ]"""
    found = errors(text)
    assert [error.split(": ")[1] for error in found] == [
        "device 1", "patient 1", "event 1", "event 3",
    ]  # fmt: skip
    assert all("\n" not in error for error in found)


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        ("at_s = 1", "changes nothing"),
        ("at_s = 1, over_s = 2, probe = 'off'", "no value to move"),
        ("at_s = 9, spo2 = 90, over_s = 2", "ends after the scenario's 10 s"),
        ("at_s = 11, probe = 'off'", "ends after the scenario's 10 s"),
        ("at_s = 1, bed = 'Stue 9', spo2 = 90", "bed 'Stue 9', which has no patient"),
        ("at_s = 1, device = 'capno', cable = 'out'", "device 'capno', which does not exist"),
        ("at_s = 1, device = 'capno', trouble = 'dead'", "device 'capno', which does not exist"),
        ("at_s = 1, device = 'nonin', trouble = 'leads'", "nonin-df2 cannot be simulated with"),
        ("at_s = 1, bed = 'Stue 1', do = 'start', by = 'AS'", "without code and age"),
        ("at_s = 1, bed = 'Stue 1', do = 'age', by = 'AS'", "does age without age"),
        ("at_s = 1, cuff = 'out'", "Invalid enum value 'out'"),
        ("at_s = 1, bed = 'Stue 1', do = 'acknowledge', by = 'AS'", "without naming the alarm"),
        ("at_s = 1, bed = 'Stue 9', do = 'end', by = 'AS'", "bed 'Stue 9', which has no patient"),
        ("at_s = 1, bed = 'Stue 1', do = 'end', by = 'AS', spo2 = 90", "unknown field `spo2`"),
        ("at_s = 1, device = 'nonin', cable = 'out', probe = 'off'", "unknown field `probe`"),
        ("at_s = 1, device = 'nonin', cable = 'out', do = 'end'", "unknown field `cable`"),
        ("at_s = 1, spo2 = '90'", "Expected `float | null`, got `str`"),
    ],
)
def test_an_event_is_refused_in_one_line(event: str, problem: str) -> None:
    assert problem in one_error(event)


def test_with_two_patients_an_event_must_name_one() -> None:
    (error,) = errors(f"{TOP}{TWO_BEDS}event = [{{ at_s = 1, spo2 = 90 }}]")
    assert error.endswith("does not say which bed")


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (ROWS.replace("[{ name", '[{ name = "nonin", protocol = "x", bed = "Stue 1" }, { name'),
         "device 'nonin' is there twice"),
        (TWO_BEDS.replace("Stue 2", "Stue 1"), "patient 'Stue 1' is there twice"),
        (ROWS.replace('bed = "Stue 1" }', 'bed = "Stue 7" }'), "'Stue 7', which has no patient"),
        (ROWS.replace("name =", 'join = "tcp", name ='), "which is Modbus with a `profile`"),
    ],
)  # fmt: skip
def test_rows_that_contradict_each_other_are_refused(rows: str, problem: str) -> None:
    (error,) = errors(TOP + rows)
    assert error.startswith("short.toml: ")
    assert problem in error
