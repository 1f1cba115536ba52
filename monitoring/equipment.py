"""Connections, journal, rules, clock and sound: technical conditions of no single measure."""

from __future__ import annotations

from collections.abc import Iterable

from monitoring.sighting import Finding, presence
from monitoring.view import BedView
from vitals.vocabulary import DeviceState


def link_lost(bed: BedView) -> Iterable[Finding]:
    """No good frame comes from a device of this bed: unplugged or silent."""
    for device in bed.devices:
        lost = not device.receiving and device.state is not DeviceState.DEFECTIVE
        yield Finding(device.name, presence(lost))


def driver_defect(bed: BedView) -> Iterable[Finding]:
    """Driver of a device that failed on what it was sent; it is started again after a pause."""
    for device in bed.devices:
        yield Finding(device.name, presence(device.state is DeviceState.DEFECTIVE))


def recorder_failure(bed: BedView) -> Iterable[Finding]:
    """Journal behind, or not to be written."""
    yield Finding(None, presence(not bed.recording))


def outbox_full(bed: BedView) -> Iterable[Finding]:
    """Much that is owed to servers, which do not take it: soon the oldest of it goes."""
    yield Finding(None, presence(bed.owed >= bed.case.allowances.outbox.full))


def rules_unusable(bed: BedView) -> Iterable[Finding]:
    """Rule files of the clinic with errors, so that other rules are in force."""
    yield Finding(None, presence(not bed.ruled))


def clock_jump(bed: BedView) -> Iterable[Finding]:
    """Wall clock that has jumped: the times on record are others than those on the wall."""
    yield Finding(None, presence(bed.jumped))


def sound_unusable(bed: BedView) -> Iterable[Finding]:
    """No device on which alarms could be sounded."""
    yield Finding(None, presence(not bed.sounding))
