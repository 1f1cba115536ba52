"""Certificates that the configuration names: one that has ended stops a stream without a sound."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from vagt.doctor.credentials import source
from vagt.doctor.finding import Examined, Finding, Result
from vagt.doctor.scene import Scene
from vagt.doctor.validity import ends

NEAR_DAYS = 30
"""Time enough to have a new one made; our own choice."""


class Named(NamedTuple):
    """A file that a table of the configuration names."""

    table: str
    file: Path
    ours: bool
    """It says who we are, rather than whom we trust."""


def certificates(scene: Scene) -> Result:
    """Say until when each certificate is valid, and which ends soon."""
    told = [_judged(scene, named) for named in _named(scene)]
    examined = tuple(one for result in told for one in result.checked)
    return Result(examined, tuple(one for result in told for one in result.findings))


def _named(scene: Scene) -> Iterator[Named]:
    out = scene.config.outward
    if out.influxdb is not None and out.influxdb.ca_file is not None:
        yield Named("influxdb", out.influxdb.ca_file, ours=False)
    if out.mqtt is not None and out.mqtt.ca_file is not None:
        yield Named("mqtt", out.mqtt.ca_file, ours=False)
    if out.mqtt is not None and out.mqtt.certificate_file is not None:
        yield Named("mqtt", out.mqtt.certificate_file, ours=True)


def _judged(scene: Scene, named: Named) -> Result:
    try:
        told = ends(source(scene.root, named.file).read_text("ascii", "replace"))
        end = told[0] if named.ours else max(told)  # of those trusted one is enough
    except PermissionError:
        return _said(f"{named.file} may not be read by {scene.me.name}: try with sudo")
    except (OSError, ValueError, IndexError):
        what = f"{named.table}: {named.file} is not there or no certificate, and nothing is sent"
        finding = Finding("certificate_none", what, "put it there as PEM text")
        return _said(f"{named.file}: none", finding)
    return _said(f"{named.file}: valid until {end:%Y-%m-%d}", *_ending(scene, named, end))


def _ending(scene: Scene, named: Named, end: datetime) -> Iterator[Finding]:
    left = end - datetime.fromtimestamp(scene.now.wall, UTC)
    which = f"{named.table}: the certificate {named.file}"
    if left < timedelta():
        what = f"{which} ended on {end:%Y-%m-%d}, and nothing is sent"
        yield Finding("certificate_ended", what, "have a new one made and put it there")
    elif left < timedelta(days=NEAR_DAYS):
        what = f"{which} ends on {end:%Y-%m-%d}, and nothing is sent from then on"
        yield Finding("certificate_ending", what, "have a new one made and put it there before")


def _said(what: str, *findings: Finding) -> Result:
    return Result((Examined("certificate", what),), findings)
