"""Keys of the month: pure; which month is wanted, and what of it is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from daemon.protocol.export import Export
from daemon.protocol.month import Month, Monthly
from tui import exporting, monthlist
from tui.commands import Asker
from tui.prompt import IDLE, Idle, Owner, Prompt
from tui.sight import Reach, Sight
from tui.topic import Filing, Topic

STEPS = {"up": -1, "down": 1, "pageup": -5, "pagedown": 5}
EXPORTS = ("e", "E")
_TURNS = {"left": 1, "right": -1}
AGAIN_S = 0.5
"""So often a month is asked for that is still being read."""
_YEAR, _MOST = 12, 120
"""Ten years, as long as anything is kept."""


def wanted(sight: Sight, prompt: Owner) -> str:
    """Return the month that is open, as `2026-11`."""
    index = sight.today.year * _YEAR + sight.today.month - 1 - prompt.back
    return f"{index // _YEAR:04d}-{index % _YEAR + 1:02d}"


def inquiry(sight: Sight, asker: Callable[[], Asker]) -> Monthly | Export | None:
    """Return what is to be asked now; None where it was, or where no month is open."""
    prompt, greeted = sight.prompt, sight.months.greeted
    if not isinstance(prompt, Owner) or sight.reach is not Reach.LIVE:
        return None
    if prompt.filing is not None and exporting.due(sight, prompt.filing):
        who = asker()
        return Export(who.id, who.by, wanted(sight, prompt))
    lost = prompt.sent is None or (greeted is not None and greeted.monotonic > prompt.sent)
    if not lost and not _pending(sight, prompt):
        return None
    who = asker()
    return Monthly(who.id, who.by, wanted(sight, prompt))


def _pending(sight: Sight, prompt: Owner) -> bool:
    """Tell whether the daemon said a while ago that it is still reading."""
    answer = sight.months.answer(prompt.request)
    waited_s = sight.now.monotonic - (prompt.sent or 0.0)
    return answer is not None and answer.pending and waited_s >= AGAIN_S


def asked(sight: Sight, request: Monthly | Export) -> Prompt:
    """Return the month with what was asked for it."""
    if not isinstance(sight.prompt, Owner):
        return sight.prompt
    now, since = sight.now.monotonic, sight.prompt.since
    if isinstance(request, Export):
        return replace(sight.prompt, filing=Filing(request.id, now))
    return replace(
        sight.prompt, request=request.id, sent=now, since=now if since is None else since
    )


def told(sight: Sight, prompt: Owner) -> Month | None:
    """Return the month as it was told for what is open now; None where it is not, or was lost."""
    if sight.reach is not Reach.LIVE or not prompt.request:
        return None
    answer = sight.months.answer(prompt.request)
    return None if answer is None else answer.month


def pressed(sight: Sight, prompt: Owner, sign: str) -> Owner | Idle | None:
    """Return what a key leads to; None for a key that the month has no use for."""
    prompt = replace(prompt, line=IDLE, filing=exporting.left(sight, prompt))
    if sign == "escape":
        return _back(prompt)
    if sign in _TURNS:
        return _turned(prompt, _TURNS[sign])
    return _within(sight, prompt, sign)


def _within(sight: Sight, prompt: Owner, sign: str) -> Owner | None:
    """Return what a key leads to in the month that is open."""
    if sign in EXPORTS:
        return replace(prompt, filing=prompt.filing or Filing())
    found = told(sight, prompt)
    if found is None or monthlist.unreached(found):
        return Owner(prompt.back) if sign == "enter" else None
    if sign in STEPS:
        return _stepped(prompt, found, STEPS[sign])
    return _entered(prompt, found) if sign == "enter" else None


def _back(prompt: Owner) -> Owner | Idle:
    if prompt.opened:
        return replace(prompt, opened=False, page=0)
    return IDLE if prompt.topic is None else replace(prompt, topic=None, row=0)


def _turned(prompt: Owner, step: int) -> Owner:
    """Return another month, asked for anew; what is ahead has not come yet."""
    back = min(_MOST, max(0, prompt.back + step))
    return prompt if back == prompt.back else Owner(back, prompt.at, prompt.topic)


def _stepped(prompt: Owner, found: Month, step: int) -> Owner:
    if prompt.opened:
        return replace(prompt, page=max(0, prompt.page + step))
    if prompt.topic is not None:
        last = max(0, monthlist.count(found, prompt.topic) - 1)
        return replace(prompt, row=min(last, max(0, prompt.row + step)))
    last = len(monthlist.topics(found)) - 1
    return replace(prompt, at=min(last, max(0, prompt.at + step)))


def _entered(prompt: Owner, found: Month) -> Owner:
    """Return what is chosen opened: a topic, or a row of it that has more to tell."""
    if prompt.topic is None:
        topics = monthlist.topics(found)
        return replace(prompt, topic=topics[min(prompt.at, len(topics) - 1)], row=0)
    whole = prompt.topic in (*monthlist.OF_CASES, Topic.DAYS)
    if prompt.opened or not whole or not monthlist.count(found, prompt.topic):
        return prompt
    return replace(prompt, opened=True, page=0)
