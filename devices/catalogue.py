"""Every protocol that can be read; simulators have a catalogue of their own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from devices.berry.entry import BERRY
from devices.capnostat5.entry import CAPNOSTAT5
from devices.capnostream.entry import CAPNOSTREAM
from devices.contec.entry import CONTEC_NEW, CONTEC_OLD
from devices.contract import ProtocolEntry
from devices.dinamap.entry import DINAMAP
from devices.ge_dri.entry import GE_DRI
from devices.healthypi.entry import HEALTHYPI_V4, HEALTHYPI_V5
from devices.ivy450c.entry import IVY450C
from devices.masimo.entry import MASIMO
from devices.medibus.entry import MEDIBUS
from devices.modbus.entry import MODBUS
from devices.nellcor.entry import NELLCOR
from devices.nonin.entry import NONIN
from devices.phasein.entry import PHASEIN
from devices.suntech.entry import SUNTECH

_ENTRIES = (
    *NONIN,
    SUNTECH,
    MEDIBUS,
    CAPNOSTAT5,
    IVY450C,
    DINAMAP,
    HEALTHYPI_V4,
    HEALTHYPI_V5,
    MASIMO,
    NELLCOR,
    GE_DRI,
    CONTEC_OLD,
    CONTEC_NEW,
    BERRY,
    PHASEIN,
    CAPNOSTREAM,
    MODBUS,
)

PROTOCOLS: Mapping[str, ProtocolEntry] = MappingProxyType({entry.name: entry for entry in _ENTRIES})
"""By the name that configuration and command line use."""
