"""The sound of the bed in words, and what is worth knowing and no alarm: the bar's last row."""

from __future__ import annotations

from collections.abc import Iterator

from daemon.protocol.sound import SoundState
from tui.sight import Sight
from tui.sounding import audible, left, pause_s, sounding
from tui.span import GAP, Row, Span, Tone, spread, width_of

BREATH = ("no_breath_yet", "airway_placed", "airway_removed")
"""Notices that ask for a key; the others stand with the case."""
_APART = "  ·  "


def soundline(sight: Sight, width: int, tone: Tone | None) -> Row:
    """Return AUDIO PAUSED or off with notices at the left, the bed's sound profile at the right.

    `tone` is the fill of the alarm above it; None where there is none. The profile yields first,
    then who paused it, then what there is no loudspeaker for, and the key last.
    """
    texts, hint, profile = told(sight), sound_key(sight), _profile(sight)
    bare = [text.partition(" · ")[0] for text in texts]
    whole = f"{profile}{'  ' if hint else ''}{hint}"
    cut = [(bare[:count], key) for count in (3, 2, 1) for key in (hint, "")]
    rows = [_sides(left, right, tone) for left, right in ((texts, whole), (texts, hint), *cut)]
    fitting = (row for row in rows if width_of(row[0]) + width_of(row[1]) + GAP <= width)
    return spread(*next(fitting, rows[-1]), width, tone or Tone.PLAIN)


def _sides(texts: list[str], right: str, tone: Tone | None) -> tuple[Row, Row]:
    words = Span(f" {_APART.join(texts)}" if texts else "", tone or Tone.STRONG)
    return (words,), (Span(f"{right} ", tone or Tone.QUIET),) if right else ()


def told(sight: Sight) -> list[str]:
    """Return what may not be left out: the sound where it is not on, and what asks for a key."""
    return [*_paused(sight), *_breath(sight), *_unheard(sight)]


def _paused(sight: Sight) -> Iterator[str]:
    """Yield that the sound is paused, in the words of IEC 60601-1-8; where any sounds at all.

    What became high after the pause was asked for sounds all the same, and that is said.
    """
    heard, paused_s = sounding(sight), pause_s(sight)
    if heard is None or paused_s is None or sight.mirror.sound is SoundState.OFF:
        return
    text = sight.words.text("sound.paused", left=left(paused_s))
    if heard.audible is not None:
        priority = sight.words.named("priority", heard.audible.value)
        text = f"{text}, {sight.words.text('sound.through', priority=priority)}"
    yield f"{text} · {heard.paused_by}" if heard.paused_by else text


def _breath(sight: Sight) -> Iterator[str]:
    for name in sight.watched.notices if sight.watched else ():
        if name in BREATH:
            yield sight.words.named("notice", name)


def _unheard(sight: Sight) -> Iterator[str]:
    """Yield that nothing sounds: as the clinic wants it, or because no loudspeaker takes it."""
    sound = sight.mirror.sound
    if sounding(sight) is not None and sound in (SoundState.OFF, SoundState.UNUSABLE):
        yield sight.words.text(f"sound.{sound.value}")


def _profile(sight: Sight) -> str:
    heard = sounding(sight)
    silent = heard is None or sight.mirror.sound is SoundState.OFF
    return "" if silent or heard is None else sight.words.named("profile", heard.profile.value)


def sound_key(sight: Sight) -> str:
    """Return the key that turns the sound off for a while, or on again."""
    if not audible(sight):
        return ""
    word = "key.pause" if pause_s(sight) is None else "key.resume"
    return f"[F7] {sight.words.text(word)}"
