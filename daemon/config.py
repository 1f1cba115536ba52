"""The configuration: TOML in, checked settings out, every fault named with file, table and key."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, Struct
from msgspec.structs import replace

from checklists.clinic import Code, Name, Phone
from checklists.people import Person, doubled
from daemon.loudness import Sound
from daemon.options import settled
from daemon.outward import TABLES as OUTWARD
from daemon.outward import Outward, outward
from daemon.practice import TABLES as PRACTICE
from daemon.practice import Home, Practice, practice
from daemon.tables import Tables, twice
from devices.catalogue import PROTOCOLS
from devices.contract import Options
from monitoring.treatments import Activation
from vitals import rows
from vitals.practice import Country
from vitals.reading import Origin
from vitals.role import Signer
from vitals.rows import RowsError
from vitals.sounding import SoundProfile

DEFAULT_PATH = Path("/etc/vagt/config.toml")

Port = Annotated[
    str,
    Meta(pattern=r"\A[^\x00-\x1f\x7f]{1,255}\Z", description="1 to 255 letters, digits or signs"),
]
SOCKET_BYTES = 107
"""The longest path that a Unix socket can have (unix(7))."""
OWN = "site bed device data socket sound monitoring rules person activation patients"
TABLES = PRACTICE | OUTWARD | frozenset(OWN.split())


class ConfigError(Exception):
    """The configuration cannot be used; `errors` has one line each with what to mend."""

    def __init__(self, errors: Sequence[str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = tuple(errors)


Signers = Annotated[tuple[Signer, ...], Meta(min_length=1)]


class Site(Struct, frozen=True, forbid_unknown_fields=True):
    """The clinic: its name on screens, its code in case numbers."""

    name: Name
    code: Code
    country: Country = Country.DENMARK
    """Whose rules on delegated injections hold."""
    phone: Phone = ""
    """Whom to ring when nobody answers a call; empty: no number is shown."""
    discharge_signers: Signers = (Signer.ANAESTHESIOLOGIST,)
    """Who says that a patient goes home; of recovery staff, whom the patient was handed to that
    day."""


class Bed(Struct, frozen=True, forbid_unknown_fields=True):
    """A place where a patient is watched."""

    name: Name
    same_limb: bool = False
    """SpO2 probe and cuff sit on one limb: SpO2 is gone while the cuff measures."""
    profile: SoundProfile = SoundProfile.THEATRE
    """Which of its alarms sound."""


class Device(Struct, frozen=True, forbid_unknown_fields=True):
    """A monitor: what it speaks, where it is plugged in, which bed it stands at."""

    name: Name
    protocol: str
    port: Port
    bed: Name
    origin: Origin | None = None
    """Absent: a pseudo-terminal is simulated, any other port is measured."""
    options: Options = Options()
    """With the text of the register map, once it is read."""


class Data(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the journal lives."""

    dir: Path = Path("/var/lib/vagt")


class Socket(Struct, frozen=True, forbid_unknown_fields=True):
    """Where dashboards find the daemon."""

    path: Path = Path("/run/vagt/vagt.sock")

    def __post_init__(self) -> None:
        """Refuse a path that no socket can have."""
        if len(bytes(self.path)) > SOCKET_BYTES:
            raise ValueError(f"path is longer than {SOCKET_BYTES} bytes: choose a shorter one")


class Rules(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a clinic keeps rule files of its own."""

    dir: Path | None = None
    """Absent: the rules are what ships. A relative path begins where the configuration lies."""


class Monitoring(Struct, frozen=True, forbid_unknown_fields=True):
    """What a clinic may set of the rules."""

    induction_grace_s: Annotated[float, Meta(ge=0, le=300)] | None = None
    """Absent: the grace of the alarm rows."""


class Patients(Struct, frozen=True, forbid_unknown_fields=True):
    """How a patient is known again whose number is kept nowhere."""

    key_file: Path | None = None
    """The clinic's secret; absent: no patient is known again. A relative path as in `rules`."""


class Config(Struct, frozen=True):
    """Everything the daemon is told."""

    site: Site
    beds: tuple[Bed, ...]
    devices: tuple[Device, ...]
    data: Data
    socket: Socket
    monitoring: Monitoring
    sound: Sound = Sound()
    rules: Rules = Rules()
    people: tuple[Person, ...] = ()
    """Empty: any initials may ask."""
    activations: tuple[Activation, ...] = ()
    patients: Patients = Patients()
    practice: Practice = Practice()
    outward: Outward = Outward()
    file: Path | None = None
    """Where all of this was read; absent: it was not read from a file."""


def read(path: Path) -> Config:
    """Return the configuration in a file, or raise ConfigError with every fault found."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        raise ConfigError([f"{path}: {reason}: name a file that can be read"]) from error
    except UnicodeDecodeError as error:
        raise ConfigError([f"{path}: is not UTF-8 text: save it as UTF-8"]) from error
    return parsed(text, str(path))


def parsed(text: str, file: str) -> Config:
    """Return the configuration in a text, or raise ConfigError with every fault found.

    Register maps are read with it; their paths, and that of the rules, begin where `file` lies.
    """
    try:
        tables = rows.parsed(text, file)
    except RowsError as error:
        raise ConfigError(error.errors) from error
    errors = [f"{file}: {name!r} is unknown: remove it" for name in _unknown(tables)]
    gathered = Tables(tables, file, errors)
    site = gathered.table("site", Site)
    data = gathered.table("data", Data)
    socket = gathered.table("socket", Socket)
    monitoring = gathered.table("monitoring", Monitoring)
    sound = gathered.table("sound", Sound) or Sound()
    rules, patients = _placed(gathered, Path(file).parent)
    beds, devices = gathered.rows("bed", Bed), gathered.rows("device", Device)
    people = gathered.rows("person", Person)
    activations = gathered.rows("activation", Activation)
    devices, faults = _settled(devices, Path(file).parent)
    told, more = practice(gathered, _home(site, gathered), Path(file).parent)
    streams = outward(gathered, Path(file).parent)
    faults = [*_faults(gathered), *doubled(people), *faults, *more]
    errors += [f"{file}: {fault}" for fault in faults]
    if errors or site is None or data is None or socket is None or monitoring is None:
        raise ConfigError(errors)
    return Config(
        site=site,
        beds=tuple(beds.values()),
        devices=tuple(devices.values()),
        data=data,
        socket=socket,
        monitoring=monitoring,
        sound=sound,
        rules=rules,
        people=tuple(people.values()),
        activations=tuple(activations.values()),
        patients=patients,
        practice=told,
        outward=streams,
        file=Path(file),
    )


def shared(config: Config) -> list[str]:
    """Return each port that two devices have by different names, as links lead just now.

    No fault of the configuration alone: another socket or another adapter may settle it.
    """
    found: dict[str, Device] = {}
    faults = []
    for number, device in enumerate(config.devices, 1):
        other = found.setdefault(os.path.realpath(device.port), device)
        if other is not device:
            where = f"[[device]] {number}: port: {device.port}"
            faults.append(f"{where} is the port of {other.name!r} too: give each its own")
    return faults


def _home(site: Site | None, gathered: Tables) -> Home:
    """Return what of the site and the beds clinics rest on; the beds as they are written."""
    beds = tuple(gathered.texts("bed", "name").values())
    if site is None:
        return Home("", "", Country.DENMARK, beds)
    return Home(site.name, site.code, site.country, beds)


def _unknown(tables: dict[str, Any]) -> list[str]:
    return sorted(set(tables) - TABLES)


def _faults(gathered: Tables) -> Iterable[str]:
    """Yield what rows have against each other, as they are written: also those that do not fit."""
    beds = list(gathered.texts("bed", "name").values())
    if not gathered.written("bed"):
        yield "no [[bed]]: add at least one"
    yield from twice(beds, "[[bed]] name")
    yield from twice(gathered.texts("device", "name").values(), "[[device]] name")
    ports = map(os.path.normpath, gathered.texts("device", "port").values())
    yield from twice(ports, "[[device]] port")
    yield from twice(gathered.texts("person", "initials").values(), "[[person]] initials")
    yield from twice(gathered.texts("activation", "code").values(), "[[activation]] code")
    for number, protocol in gathered.texts("device", "protocol").items():
        if protocol not in PROTOCOLS:
            known = ", ".join(sorted(PROTOCOLS))
            where = f"[[device]] {number}: protocol"
            yield f"{where}: {protocol!r} is unknown: use one of {known}"
    for number, bed in gathered.texts("device", "bed").items():
        if beds and bed not in beds:
            yield f"[[device]] {number}: bed: {bed!r} is no [[bed]]: use one of {', '.join(beds)}"


def _placed(gathered: Tables, folder: Path) -> tuple[Rules, Patients]:
    """Return the tables that name one path, which begins where the configuration lies."""
    rules = gathered.table("rules", Rules) or Rules()
    patients = gathered.table("patients", Patients) or Patients()
    return (
        rules if rules.dir is None else Rules(folder / rules.dir),
        patients if patients.key_file is None else Patients(folder / patients.key_file),
    )


def _settled(devices: Mapping[int, Device], folder: Path) -> tuple[dict[int, Device], list[str]]:
    """Return the devices with the register maps that they name read, and the faults of options."""
    found: dict[int, Device] = {}
    faults: list[str] = []
    for number, device in devices.items():
        options = device.options
        if (entry := PROTOCOLS.get(device.protocol)) is not None:
            options, wrong = settled(options, device.port, entry, folder)
            faults += [f"[[device]] {number}: options.{fault}" for fault in wrong]
        found[number] = replace(device, options=options)
    return found, faults
