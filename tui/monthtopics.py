"""The month at a glance: one entry a topic, with its number and, of verdicts, a bar; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from daemon.protocol.month import Month
from tui import monthlist
from tui.page import Block, block
from tui.prompt import Owner
from tui.sight import Sight
from tui.span import Tone
from tui.topic import Topic

Telling = Callable[[Sight, Month], str]
BAR = 20
"""Cells of the longest bar."""
_BARS = (Topic.FAILED, Topic.REVIEW, Topic.PASSED)


def overview(sight: Sight, prompt: Owner, found: Month, width: int) -> list[Block]:
    """Return an entry for each topic; the chosen one is marked."""
    topics = monthlist.topics(found)
    here = topics[min(prompt.at, len(topics) - 1)]
    return [_entry(sight, found, one, width, marked=one is here) for one in topics]


def title(sight: Sight, topic: Topic) -> str:
    """Return the words of a topic."""
    if topic in _BARS:
        return sight.words.named("verdict", _VERDICTS[topic])
    return sight.words.text(f"owner.{topic.value}")


def _entry(sight: Sight, found: Month, topic: Topic, width: int, *, marked: bool) -> Block:
    tone = Tone.STRONG if marked else Tone.PLAIN
    lead = f" {'▸' if marked else ' '} "
    if topic in _BARS:
        head = f"{title(sight, topic):<{_name(sight)}} {_number(found, topic):>4} "
        room = min(BAR, width - len(lead) - len(head) - 1)
        return block(topic.value, lead, head + _bar(found, topic, room), "", width, tone)
    return block(topic.value, lead, title(sight, topic), told(sight, found, topic), width, tone)


def _name(sight: Sight) -> int:
    return max(len(title(sight, one)) for one in _BARS)


def told(sight: Sight, found: Month, topic: Topic) -> str:
    """Return what there is to say of a topic in a few words."""
    return _TOLD.get(topic, _counted(topic))(sight, found)


def _counted(topic: Topic) -> Telling:
    """Return what tells how many rows a topic has."""
    return lambda sight, found: sight.forms.number(_count(found, topic))


def _count(found: Month, topic: Topic) -> int:
    more = found.more.get(topic.value, 0)
    return monthlist.count(found, topic) + more


def _unjudged(sight: Sight, found: Month) -> str:
    return sight.forms.number(found.contract.open + found.contract.unjudged)


def _waived(sight: Sight, found: Month) -> str:
    owed = sight.words.text("owner.unexplained", count=found.unexplained)
    return f"{found.waived}{f' · {owed}' if found.unexplained else ''}"


def _outside(sight: Sight, found: Month) -> str:
    return sight.words.text("owner.information", count=found.outside)


def _packs(sight: Sight, found: Month) -> str:
    stands = found.standing
    counts = {"ending": stands.ending, "days": stands.ahead_days}
    return sight.words.text("owner.packs_told", expired=stands.expired, **counts)


def _days(sight: Sight, found: Month) -> str:
    count = sum(bool(one.places) for one in found.days)
    return sight.words.text("owner.sessions", count=count)


def _orders(sight: Sight, found: Month) -> str:
    orders = sum(one.wanted for one in found.standing.supplies)
    return sight.words.text("owner.orders", count=orders)


def _asked(topic: Topic) -> Telling:
    """Return what tells how much of a topic is to be seen to."""

    def telling(sight: Sight, found: Month) -> str:
        count = _count(found, topic)
        word = "owner.amiss" if count else "owner.well"
        return sight.words.text(word, count=count) if count else sight.words.text(word)

    return telling


def _number(found: Month, topic: Topic) -> int:
    totals = found.contract
    return {
        Topic.FAILED: totals.failed,
        Topic.REVIEW: totals.review,
        Topic.PASSED: totals.passed,
    }[topic]


def _bar(found: Month, topic: Topic, room: int) -> str:
    """Return a bar against the whole month; what is not nothing is never no bar at all."""
    whole = found.contract.failed + found.contract.review + found.contract.passed
    count = _number(found, topic)
    return "▇" * max(1, round(room * count / whole)) if count and room > 0 else ""


def _alarms(sight: Sight, found: Month) -> str:
    """Return `3,1 (SpO2 lav 1,8)`, or that nobody was watched."""
    whole, forms = found.alarms, sight.forms
    if whole.per_hour is None:
        return sight.words.text("owner.unwatched")
    first = whole.conditions[:1]
    often = [
        f" ({sight.words.named('alarm', one.alarm)} {forms.number(one.per_hour, 1)})"
        for one in first
        if one.per_hour is not None
    ]
    return f"{forms.number(whole.per_hour, 1)}{''.join(often)}"


_VERDICTS = {Topic.FAILED: "fail", Topic.REVIEW: "review", Topic.PASSED: "pass"}
_TOLD: Mapping[Topic, Telling] = {
    Topic.OPEN: _unjudged,
    Topic.WAIVED: _waived,
    Topic.OUTSIDE: _outside,
    Topic.ALARMS: _alarms,
    Topic.PACKS: _packs,
    Topic.DAYS: _days,
    Topic.GASES: _orders,
    Topic.MACHINES: _asked(Topic.MACHINES),
    Topic.PAPERS: _asked(Topic.PAPERS),
}
