"""The rules: whether the clinic's files are in order, and whether the daemon runs with them."""

from __future__ import annotations

from daemon.activation import unusable
from daemon.clock import local_date
from daemon.library import Library
from daemon.loudness import faint
from daemon.protocol.rules import RULES_DIGITS, RulesState
from daemon.rulebook import wanted
from vagt.doctor.finding import Finding, Result, found, seen
from vagt.doctor.scene import Scene
from vitals.rows import RowsError

_INSTEAD = {
    RulesState.KEPT: "runs with the last good set",
    RulesState.SHIPPED: "runs with the rules that ship",
}


def rules(scene: Scene) -> Result:
    """Say which rules are wanted, every fault of their files, and what the daemon has instead."""
    folder = scene.config.rules.dir
    whose = "as they ship" if folder is None else f"with those of {folder}"
    try:
        library = wanted(scene.config, local_date(scene.now))
    except RowsError as error:
        remedy = f"mend it and restart the daemon, which until then {_instead(scene)}"
        faults = [Finding("rules_unusable", f"rules: {line}", remedy) for line in error.errors]
        return found("rules", f"{whose}: {len(faults)} to mend", *faults)
    if wrong := _unfitting(scene, library):
        return found("rules", whose, *wrong)
    said = f"{library.hash[:RULES_DIGITS]}, {whose}{_unapproved(library)}"
    hello = None if scene.told is None else scene.told.hello
    if hello is None or hello.rules in ("", library.hash[:RULES_DIGITS]):
        return seen("rules", said)
    what = f"daemon: it runs with the rules {hello.rules}, not with those in the files"
    remedy = "restart it, so that it takes them up; a running anaesthetic goes on"
    return found("rules", said, Finding("rules_not_in_force", what, remedy))


def _unfitting(scene: Scene, library: Library) -> list[Finding]:
    """Return what of the configuration does not go with the rules."""
    remedy = "mend the configuration: with it the daemon does not start again"
    found = {
        "activation_unusable": unusable(scene.config, library, local_date(scene.now)),
        "sound_faint": faint(scene.config.sound, library.tones),
    }
    return [Finding(kind, line, remedy) for kind, lines in found.items() for line in lines]


def _instead(scene: Scene) -> str:
    hello = None if scene.told is None else scene.told.hello
    state = RulesState.IN_ORDER if hello is None else hello.rules_state
    return _INSTEAD.get(state, "goes on with what it has, or with the last good set")


def _unapproved(library: Library) -> str:
    return f"; NOT APPROVED: {', '.join(library.unapproved)}" if library.unapproved else ""
