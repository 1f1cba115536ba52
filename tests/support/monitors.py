"""Monitors of one modality as the rules see them."""

from __future__ import annotations

from beds import AGES, sample

from monitoring.view import Ages, Breathed, DeviceView
from vitals.measure import Measure
from vitals.reading import Note, Quality
from vitals.vocabulary import DeviceState, Modality

Said = float | Quality | None
NIBP_AGES = {**AGES, Measure.NIBP_SYSTOLIC: Ages(360, 600), Measure.NIBP_MEAN: Ages(360, 600)}
WAVING = Breathed(last_s=2.0, proof_s=8.0, waving=True)


def _view(
    name: str, modality: Modality, said: dict[Measure, Said], age_s: float, state: DeviceState
) -> DeviceView:
    given = {measure: sample(value, age_s) for measure, value in said.items()}
    samples = {measure: one for measure, one in given.items() if one is not None}
    return DeviceView(name, (modality,), state, NIBP_AGES, samples)


def ecg(
    rate: Said = 100, *, age_s: float = 0.3, state: DeviceState = DeviceState.RECEIVING
) -> DeviceView:
    return _view("ecg", Modality.ECG, {Measure.HEART_RATE: rate}, age_s, state)


def cuff(systolic: Said = 95, mean: Said = 60, *, age_s: float = 0.3) -> DeviceView:
    said = {Measure.NIBP_SYSTOLIC: systolic, Measure.NIBP_MEAN: mean}
    return _view("cuff", Modality.NIBP, said, age_s, DeviceState.RECEIVING)


def capnograph(
    etco2: Said = 5.0,
    fico2: Said = 0.0,
    rate: Said = 20,
    *,
    breathed: Breathed = WAVING,
    notes: frozenset[Note] = frozenset(),
    state: DeviceState = DeviceState.RECEIVING,
) -> DeviceView:
    said = {Measure.ETCO2: etco2, Measure.FICO2: fico2, Measure.RESPIRATORY_RATE: rate}
    view = _view("gas", Modality.CAPNOGRAPHY, said, 0.3, state)
    return DeviceView("gas", view.modalities, state, view.ages, view.samples, notes, breathed)
