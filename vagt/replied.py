"""What became of a command, as `vagt case` prints it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from daemon.protocol.messages import Answer, Refusal, Result
from vagt import output
from words.catalogue import Language, Words


def replied(answer: Answer, language: Language, *, json: bool) -> int:
    """Print it; 1 where it was refused."""
    if json:
        told = {"result": answer.result, "reason": answer.reason, "detail": answer.detail}
        more = {"holds": answer.holds, "sources": answer.sources, "became": answer.became}
        output.json_line({"case": answer.case, **told, "flags": answer.flags, **more})
    else:
        for line in lines(answer, Words(language)):
            output.line(line)
    return 1 if answer.result is Result.REFUSED else 0


def lines(answer: Answer, words: Words) -> Iterator[str]:
    """Yield what a person reads of it; what holds stands below, a line each, with its source."""
    if answer.result is Result.REFUSED:
        held = answer.reason is Refusal.HELD and answer.holds
        yield f"refused: {words.text('summary.held') if held else answer.detail}"
    else:
        late = "" if answer.result is Result.RECORDED else " (not yet recorded)"
        became = _became(answer, words)
        yield f"{answer.case or 'taken'}{became}{late}"
        if answer.flags:
            flags = ", ".join(words.named("flag", flag) for flag in answer.flags)
            yield f"taken, {flags}: {answer.detail}"
    for hold, source in zip_longest(answer.holds, answer.sources, fillvalue="?"):
        yield f"  {words.hold(hold)} ({source})"


def _became(answer: Answer, words: Words) -> str:
    """Return what an emergency start became where it was none."""
    if answer.became in ("", "begin"):
        return ""
    return f"  {words.event(f'entry_{answer.became}', '')}"
