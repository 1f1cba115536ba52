"""A whole morning at the dashboard: what is pressed, and what is said of the practice by it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import mornings
import pytest
import scenes
from desks import Desk, desk
from mornings import KIT
from msgspec import structs

from daemon.protocol.messages import Answer, Result
from daemon.protocol.practice import Checklist, Scanning
from daemon.protocol.saying import Do, Scan
from tui.checklist import groups
from vitals import acts
from vitals.practice import Outcome, Readiness, Ware

SIZES = [(80, 24), (120, 40)]
LISTS = (mornings.MACHINE, mornings.shipped("emergency"), mornings.AIRWAY)
CODES = {
    "010571234567890617271130101A23": "dr-05",
    "010571234567891317280430104B56\x1d21XY12345": "dr-01",
}


@dataclass
class Daemon:
    """Answers what is said as a daemon does: it is recorded, and told to everybody."""

    at: Desk
    lists: dict[str, Checklist] = field(default_factory=dict)
    answered: int = 0

    async def answer(self) -> None:
        """Answer everything that was sent since."""
        for request in self.at.source.sent[self.answered :]:
            self.answered += 1
            if isinstance(request, Scan):
                await self.at.hear(scanned(request))
            else:
                await self.at.hear(Answer(request.id, Result.RECORDED))
                assert isinstance(request, Do)
                await self.tell(request.act)

    async def tell(self, act: acts.Done) -> None:
        match act:
            case acts.ChooseClinic():
                chosen = structs.replace(mornings.UNCHOSEN, chosen=act.site)
                self.lists = {one.id: one for one in LISTS}
                await self.at.hear(chosen, *LISTS, mornings.STOCK, mornings.GASES)
            case acts.Mark():
                state = "done" if not act.reason else act.outcome.value
                changed = mornings.marked(self.lists[act.list], act.rows, state, reason=act.reason)
                self.lists[act.list] = changed
                await self.at.hear(changed)
            case _:
                pass


def scanned(request: Scan) -> Scanning:
    """Return what a code says, as a daemon that knows the two articles reads it."""
    item = CODES[request.text]
    gtin, lot = request.text[2:16], request.text[26:30]
    expires = date(2027, 11, 30) if item == "dr-05" else date(2028, 4, 30)
    once = "0123456789abcdef" if "\x1d" in request.text else ""
    return Scanning(request.id, gtin, lot, expires, once, item, "", Ware.DRUG)


async def walk(daemon: Daemon, *keys: str) -> None:
    """Press keys, each of them seen before the next, and answer what they say."""
    for key in keys:
        await daemon.at.press(key)
        daemon.at.clock.move(0.5)
        await daemon.answer()
        await daemon.at.hear(scenes.BEAT)


async def through(daemon: Daemon, listed: Checklist) -> None:
    """Look through every group of the list that is open, and confirm each with one key."""
    for group in groups(listed):
        rows = [row for row in listed.rows if row.group == group]
        await walk(daemon, *["pagedown"] * (1 + len(rows) // 5), "f", "enter")


async def morning(daemon: Daemon) -> None:
    """Choose the clinic, look through three lists, scan two drugs, and read the cylinders."""
    await walk(daemon, "f9", "enter")
    for place, listed in enumerate(LISTS):
        await walk(daemon, *["up"] * 5, *["down"] * place, "enter")
        if listed.id == "emergency":
            await walk(daemon, "x", *"tom", "enter")
        await through(daemon, listed)
        await walk(daemon, "enter", "u", "escape")
    for code in CODES:
        keys = ["ctrl+right_square_bracket" if sign == "\x1d" else sign for sign in code]
        await daemon.at.press("s", *keys)
        await walk(daemon, "enter", "backspace", "5", "enter", "enter", "escape")
    await walk(daemon, "right", "right", "down", "down", "down")
    await walk(daemon, "enter", *"137", "enter", "down", "enter", *"200", "enter")
    await walk(daemon, "down", "enter", *"14,2", "enter")


def mark(listed: Checklist, group: str, *but: str) -> tuple[str, ...]:
    wanted = [row.id for row in listed.rows if row.group == group and row.state != "not_yet"]
    return tuple(row for row in wanted if row not in but)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("size", SIZES)
async def test_a_whole_morning_is_said_in_the_order_in_which_it_was_done(
    size: tuple[int, int],
) -> None:
    async with desk(size=size) as at:
        daemon = Daemon(at)
        await at.hear(mornings.UNCHOSEN)
        await morning(daemon)
        said = [one.act for one in at.source.sent if isinstance(one, Do)]
        late = [one.ago_s for one in at.source.sent if isinstance(one, Do)]
    first, *rest = said
    assert first == acts.ChooseClinic(site="NORD")
    assert set(late) == {0.0}
    assert summary(rest) == expected()
    marks = [one for one in said if isinstance(one, acts.Mark) and not one.reason]
    assert all(one.took_s is not None and one.took_s > 1.0 for one in marks)


def summary(said: list[acts.Done]) -> list[object]:
    """Return the acts without how long they took."""
    marks = (acts.Mark,)
    return [structs.replace(one, took_s=None) if isinstance(one, marks) else one for one in said]


def expected() -> list[object]:
    found: list[object] = []
    for listed in LISTS:
        failed = mark(listed, groups(listed)[0])[0] if listed.id == "emergency" else ""
        if failed:
            found.append(acts.Mark(listed.id, (failed,), KIT, Outcome.FAILED, "tom"))
        marked = (mark(listed, group, failed) for group in groups(listed))
        found += [acts.Mark(listed.id, rows, KIT) for rows in marked]
        found.append(acts.Sign(listed.id, KIT))
    serial = "0123456789abcdef"
    return [
        *found,
        acts.Receive("dr-05", Ware.DRUG, "1A23", date(2027, 11, 30), 5, KIT, gtin="05712345678906"),
        acts.Receive(
            "dr-01", Ware.DRUG, "4B56", date(2028, 4, 30), 5, KIT, "", "05712345678913", serial
        ),
        acts.Gauge("O2-12", 137.0),
        acts.Gauge("O2-13", 200.0),
        acts.Weigh("N2O-1", 14.2),
    ]


async def test_another_clinic_at_noon_shows_its_own_lists() -> None:
    async with desk() as at:
        daemon = Daemon(at)
        await at.hear(*mornings.PRACTICE)
        await walk(daemon, "f9", "c", "2")
        gone = structs.replace(mornings.SITE, rows=(), groups=(), titles=())
        south = structs.replace(mornings.CHOSEN, chosen="SYD", readiness=Readiness.UNCHECKED)
        await at.hear(south, gone, mornings.shipped("site", "SYD"))
        assert at.shows("Øre-næse-hals Sydhavnen", "IKKE TJEKKET", "Klinikken · SYD")
        assert not at.shows("Klinikken · NORD")
