"""Every protocol that can be read; simulators have a catalogue of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from devices.berry.driver import BerryDriver
from devices.capnostat5.entry import CAPNOSTAT5
from devices.capnostream.driver import CapnostreamDriver
from devices.contec.driver import ContecDriver
from devices.contec.newer import NewFrame
from devices.contec.wire import OldFrame
from devices.contract import Driver, Evidence, ProtocolEntry, Standing
from devices.dinamap.entry import DINAMAP
from devices.ge_dri.driver import DriDriver
from devices.healthypi.entry import HEALTHYPI_V4, HEALTHYPI_V5
from devices.ivy450c.entry import IVY450C
from devices.masimo.driver import MasimoDriver
from devices.medibus.driver import MedibusDriver
from devices.modbus.driver import RegisterDriver
from devices.nellcor.driver import NellcorDriver
from devices.nonin.detection import DetectingDriver
from devices.nonin.display import Df1Frame, Df8Frame
from devices.nonin.driver import NoninDriver
from devices.nonin.records import display_driver, spot_driver, text_driver
from devices.nonin.wire import Df2Frame, Df7Frame
from devices.phasein.entry import PHASEIN
from devices.suntech.driver import SuntechDriver
from firmware_bridge.settings import LineSettings
from vitals.measure import Channel, Measure
from vitals.vocabulary import Modality


def _nonin(name: str, driver: Callable[[], Driver]) -> ProtocolEntry:
    """Return a streaming format of Nonin: 9600 8N1, numerics thrice a second."""
    return ProtocolEntry(
        name=name,
        modalities=(Modality.PULSE_OXIMETRY,),
        line=LineSettings(9600),
        measures=(Measure.SPO2, Measure.PULSE_RATE),
        channels=(Channel.PLETH,),
        quiet_s=1.0,
        interval_s=1 / 3,
        evidence=Evidence.DOCUMENT,
        standing=Standing.CLINICAL,
        checked=True,
        driver=lambda _: driver(),
    )


def _nonin_records(name: str, driver: Callable[[], Driver]) -> ProtocolEntry:
    """Return a format of Nonin that has numerics alone, once a second."""
    return replace(_nonin(name, driver), channels=(), quiet_s=3.0, interval_s=1.0)


_SPOT_CHECK_QUIET_S = 3600.0
"""Nobody knows when the next spot check is made; as old as this the last one is forgotten."""


_SUNTECH = ProtocolEntry(
    name="suntech",
    modalities=(Modality.NIBP,),
    line=LineSettings(9600),
    measures=(
        Measure.NIBP_SYSTOLIC,
        Measure.NIBP_DIASTOLIC,
        Measure.NIBP_MEAN,
        Measure.NIBP_PULSE_RATE,
    ),
    channels=(),
    quiet_s=2.0,
    interval_s=1.0,
    evidence=Evidence.ONE,
    standing=Standing.BENCH,
    checked=True,
    driver=lambda _: SuntechDriver(),
)

_MEDIBUS = ProtocolEntry(
    name="medibus",
    modalities=(Modality.CAPNOGRAPHY, Modality.PULSE_OXIMETRY),
    line=LineSettings(9600, parity="E"),
    measures=(
        Measure.SPO2,
        Measure.PULSE_RATE,
        Measure.ETCO2,
        Measure.FICO2,
        Measure.RESPIRATORY_RATE,
        Measure.FIO2,
        Measure.ETO2,
        Measure.N2O_INSPIRED,
        Measure.N2O_EXPIRED,
        Measure.AGENT_INSPIRED,
        Measure.AGENT_EXPIRED,
        Measure.MAC,
        Measure.GAS_PRESSURE,
    ),
    channels=(),
    quiet_s=3.0,
    interval_s=1.0,
    evidence=Evidence.DOCUMENT,
    standing=Standing.CLINICAL,
    checked=True,
    driver=lambda _: MedibusDriver(),
)

_MASIMO = ProtocolEntry(
    name="masimo-ascii1",
    modalities=(Modality.PULSE_OXIMETRY,),
    line=LineSettings(9600),
    measures=(Measure.SPO2, Measure.PULSE_RATE, Measure.PERFUSION_INDEX),
    channels=(),
    quiet_s=3.0,
    interval_s=1.0,
    evidence=Evidence.CAPTURE,
    standing=Standing.CLINICAL,
    checked=True,
    driver=lambda _: MasimoDriver(),
)

_NELLCOR = ProtocolEntry(
    name="nellcor",
    modalities=(Modality.PULSE_OXIMETRY,),
    line=LineSettings(9600),
    measures=(Measure.SPO2, Measure.PULSE_RATE),
    channels=(),
    quiet_s=5.0,
    interval_s=2.0,
    evidence=Evidence.CAPTURE,
    standing=Standing.CLINICAL,
    checked=True,
    driver=lambda _: NellcorDriver(),
)

_GE_DRI = ProtocolEntry(
    name="ge-dri",
    modalities=(Modality.PULSE_OXIMETRY, Modality.CAPNOGRAPHY, Modality.ECG, Modality.NIBP),
    line=LineSettings(19200, parity="E"),
    measures=(
        Measure.HEART_RATE,
        Measure.SPO2,
        Measure.PULSE_RATE,
        Measure.ETCO2,
        Measure.FICO2,
        Measure.RESPIRATORY_RATE,
        Measure.NIBP_SYSTOLIC,
        Measure.NIBP_DIASTOLIC,
        Measure.NIBP_MEAN,
        Measure.NIBP_PULSE_RATE,
        Measure.ART_SYSTOLIC,
        Measure.ART_DIASTOLIC,
        Measure.ART_MEAN,
        Measure.TEMPERATURE,
        Measure.FIO2,
        Measure.ETO2,
        Measure.N2O_INSPIRED,
        Measure.N2O_EXPIRED,
        Measure.AGENT_INSPIRED,
        Measure.AGENT_EXPIRED,
        Measure.MAC,
    ),
    channels=(Channel.ECG, Channel.PLETH, Channel.CO2, Channel.ART),
    quiet_s=15.0,
    interval_s=5.0,
    evidence=Evidence.DOCUMENT,
    standing=Standing.CLINICAL,
    checked=True,
    driver=DriDriver,
)

_CONTEC_OLD = ProtocolEntry(
    name="contec-old",
    modalities=(Modality.PULSE_OXIMETRY,),
    line=LineSettings(19200, parity="O"),
    measures=(Measure.SPO2, Measure.PULSE_RATE),
    channels=(Channel.PLETH,),
    quiet_s=1.0,
    interval_s=1 / 60,
    evidence=Evidence.SEVERAL,
    standing=Standing.BENCH,
    checked=False,
    driver=lambda _: ContecDriver(OldFrame),
)

_CONTEC_NEW = replace(
    _CONTEC_OLD,
    name="contec-new",
    line=LineSettings(115200),
    measures=(Measure.SPO2, Measure.PULSE_RATE, Measure.PERFUSION_INDEX),
    evidence=Evidence.CAPTURE,
    driver=lambda _: ContecDriver(NewFrame),
)

_BERRY = replace(
    _CONTEC_OLD,
    name="berry",
    line=LineSettings(115200),
    interval_s=1 / 100,
    evidence=Evidence.DOCUMENT,
    driver=lambda _: BerryDriver(),
)

_CAPNOSTREAM = ProtocolEntry(
    name="capnostream",
    modalities=(Modality.CAPNOGRAPHY, Modality.PULSE_OXIMETRY),
    line=LineSettings(9600),
    measures=(
        Measure.ETCO2,
        Measure.FICO2,
        Measure.RESPIRATORY_RATE,
        Measure.SPO2,
        Measure.PULSE_RATE,
    ),
    channels=(Channel.CO2,),
    quiet_s=1.0,
    interval_s=1.0,
    evidence=Evidence.DOCUMENT,
    standing=Standing.CLINICAL,
    checked=True,
    driver=lambda options: CapnostreamDriver(keep_alive=options.keep_alive),
)

_MODBUS = ProtocolEntry(
    name="modbus",
    modalities=(),
    line=LineSettings(9600),
    measures=tuple(Measure),
    channels=(),
    quiet_s=5.0,
    interval_s=1.0,
    evidence=Evidence.DOCUMENT,
    standing=Standing.BENCH,
    checked=True,
    driver=lambda options: RegisterDriver(options.map),
)

_ENTRIES = (
    _nonin("nonin-df2", lambda: NoninDriver(Df2Frame)),
    _nonin("nonin-df7", lambda: NoninDriver(Df7Frame)),
    replace(
        _nonin_records("nonin-df1", lambda: display_driver(Df1Frame)),
        evidence=Evidence.ONE,
        standing=Standing.BENCH,
        checked=False,
    ),
    replace(_nonin_records("nonin-df8", lambda: display_driver(Df8Frame)), checked=False),
    replace(_nonin_records("nonin-df13", spot_driver), quiet_s=_SPOT_CHECK_QUIET_S),
    _nonin_records("nonin-text", text_driver),
    replace(_nonin("nonin", DetectingDriver), quiet_s=3.0, interval_s=1.0, checked=False),
    _SUNTECH,
    _MEDIBUS,
    CAPNOSTAT5,
    IVY450C,
    DINAMAP,
    HEALTHYPI_V4,
    HEALTHYPI_V5,
    _MASIMO,
    _NELLCOR,
    _GE_DRI,
    _CONTEC_OLD,
    _CONTEC_NEW,
    _BERRY,
    PHASEIN,
    _CAPNOSTREAM,
    _MODBUS,
)

PROTOCOLS: Mapping[str, ProtocolEntry] = MappingProxyType({entry.name: entry for entry in _ENTRIES})
"""By the name that configuration and command line use."""
