from __future__ import annotations

from itertools import product

import pytest
from beds import AGES, bed, case_view, oximeter

from monitoring.conditions import Presence
from monitoring.detectors import DETECTORS
from monitoring.view import BedView, DeviceView
from vitals.reading import Quality
from vitals.vocabulary import DeviceState, Modality

VALUES = (98, 60, None, *(quality for quality in Quality if not quality.usable))
BARE = BedView(
    case_view(elapsed_s=0.0, limits={}, required=frozenset(), seen=frozenset()), (), recording=True
)


@pytest.mark.parametrize("name", DETECTORS)
def test_a_bed_with_neither_devices_nor_limits_is_no_alarm(name: str) -> None:
    assert [f for f in DETECTORS[name](BARE) if f.presence is Presence.PRESENT] == []


@pytest.mark.parametrize("name", DETECTORS)
def test_a_bed_whose_limits_were_never_set_is_watched_without_stumbling(name: str) -> None:
    unlimited = BedView(BARE.case, (oximeter(60, 20),), recording=True)
    assert [f for f in DETECTORS[name](unlimited) if f.presence is Presence.PRESENT] == []


@pytest.mark.parametrize("name", DETECTORS)
def test_a_healthy_bed_is_no_alarm(name: str) -> None:
    assert [f for f in DETECTORS[name](bed(oximeter())) if f.presence is Presence.PRESENT] == []


@pytest.mark.parametrize("name", DETECTORS)
def test_whatever_a_device_says_each_condition_of_a_device_is_found_once(name: str) -> None:
    for spo2, pulse, state in product(VALUES, VALUES, DeviceState):
        findings = list(DETECTORS[name](bed(oximeter(spo2, pulse, state=state))))
        assert len({finding.device for finding in findings}) == len(findings)


@pytest.mark.parametrize("modality", [m for m in Modality if m is not Modality.PULSE_OXIMETRY])
def test_a_device_of_another_kind_has_no_probe_and_no_saturation(modality: Modality) -> None:
    other = DeviceView("other", (modality,), DeviceState.RECEIVING, AGES, {})
    assert list(DETECTORS["probe_off"](bed(other))) == []
    (finding,) = DETECTORS["stale"](bed(other))
    assert (finding.device, finding.presence) == (None, Presence.PRESENT)


def test_only_a_number_that_the_device_gives_now_says_that_all_is_well() -> None:
    for spo2 in (None, Quality.INVALID, Quality.UNAVAILABLE, Quality.CALIBRATING):
        (finding,) = DETECTORS["spo2_low"](bed(oximeter(spo2)))
        assert finding.presence is Presence.UNKNOWN
