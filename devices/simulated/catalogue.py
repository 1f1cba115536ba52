"""Every device that can be simulated, by the protocol it speaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from devices.berry.simulator import BerrySimulator
from devices.capnostat5.simulator import CapnostatSimulator
from devices.capnostream.simulator import CapnostreamSimulator
from devices.contec.newer import NewFrame
from devices.contec.simulator import ContecSimulator
from devices.contec.wire import OldFrame
from devices.dinamap.simulator import DinamapSimulator
from devices.ge_dri.simulator import DriSimulator
from devices.healthypi.simulator import HealthyPi4, HealthyPi5
from devices.ivy450c.simulator import IvySimulator
from devices.masimo.simulator import MasimoSimulator
from devices.medibus.simulator import MedibusSimulator
from devices.modbus.simulator import PanelSimulator
from devices.nellcor.simulator import NellcorSimulator
from devices.nonin.display import Df1Frame, Df8Frame
from devices.nonin.simulator import (
    NoninSimulator,
    display_simulator,
    spot_simulator,
    text_simulator,
)
from devices.nonin.wire import Df2Frame, Df7Frame
from devices.phasein.simulator import PhaseinSimulator
from devices.simulated.patient import Patient
from devices.simulated.troubles import Simulator
from devices.suntech.simulator import SuntechSimulator

__all__ = ["SIMULATORS", "Simulator"]

SIMULATORS: Mapping[str, Callable[[Patient, int], Simulator]] = MappingProxyType(
    {
        "nonin-df2": partial(NoninSimulator, Df2Frame),
        "nonin-df7": partial(NoninSimulator, Df7Frame),
        "nonin-df1": partial(display_simulator, Df1Frame),
        "nonin-df8": partial(display_simulator, Df8Frame),
        "nonin-df13": spot_simulator,
        "nonin-text": text_simulator,
        "nonin": partial(NoninSimulator, Df2Frame),
        "suntech": lambda patient, _: SuntechSimulator(patient),
        "medibus": MedibusSimulator,
        "capnostat5": CapnostatSimulator,
        "ivy450c": IvySimulator,
        "dinamap": DinamapSimulator,
        "healthypi-v4": HealthyPi4,
        "healthypi-v5": HealthyPi5,
        "masimo-ascii1": MasimoSimulator,
        "nellcor": NellcorSimulator,
        "ge-dri": lambda patient, _: DriSimulator(patient),
        "contec-old": partial(ContecSimulator, OldFrame),
        "contec-new": partial(ContecSimulator, NewFrame),
        "berry": BerrySimulator,
        "phasein": PhaseinSimulator,
        "capnostream": CapnostreamSimulator,
        "modbus": lambda *_: PanelSimulator(),
    }
)
"""Each makes the simulator of a patient and a seed."""
