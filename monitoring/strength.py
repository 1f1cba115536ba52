"""Whether one row asks for at least as much as another, whatever is known of a case."""

from __future__ import annotations

from msgspec import structs

from monitoring.age import age
from monitoring.services import Ban, Requirement
from monitoring.when import When
from vitals.vocabulary import Obligation


def binds(one: Requirement, other: Requirement) -> bool:
    """Tell whether, in the same modality and phase, `one` asks for all that `other` asks for."""
    if not wider(one.when, other.when) or one.proposal > other.proposal or _rarer(one, other):
        return False
    if one.obligation is other.obligation or other.obligation is Obligation.OPTIONAL:
        return True
    if one.when is None:
        return one.obligation is Obligation.REQUIRED
    # While the condition is not known, a conditional row stands and one that is required does not.
    return one.obligation is Obligation.CONDITIONAL


def forbids(one: Ban, other: Ban) -> bool:
    """Tell whether `one` is a finding whenever `other` is one, and no less certain."""
    return wider(one.when, other.when) and one.proposal <= other.proposal


def wider(one: When | None, other: When | None) -> bool:
    """Tell whether `one` is met whenever `other` is; no condition is always met."""
    if one is None or other is None:
        return one is None
    return all(_spans(key, one, other) for key in structs.asdict(one))


def _rarer(one: Requirement, other: Requirement) -> bool:
    """Tell whether `one` is content with fewer readings; without a number it is throughout."""
    if one.readings is None:
        return False
    return other.readings is None or one.readings < other.readings


def _spans(key: str, one: When, other: When) -> bool:
    """Tell whether one key of a condition is met whenever the other's is."""
    wanted, given = getattr(one, key), getattr(other, key)
    if wanted is None or given is None:
        return wanted is None
    if key == "below":
        return age(wanted) >= age(given)
    return set(wanted) >= set(given) if isinstance(wanted, tuple) else wanted is given
