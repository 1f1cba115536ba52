"""What a form is made of: fields that are typed, picked or ticked, and what comes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from daemon.protocol.request import Request
from tui.commands import Asker
from tui.prompt import Ask
from tui.sight import Sight
from vitals.deeds import Said

LINE = r"[^\x00-\x1f\x7f]{1,120}"
REMARK = r"[^\x00-\x1f\x7f]{0,120}"
INITIALS = r"[\w.-]{1,16}"
YES, NO = "yes", "no"
Answers = Sequence[str]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that may be picked."""

    key: str
    """One sign, in small letters; empty: it gets a digit, by its place among those shown."""
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked."""

    word: str
    """`ask.<word>` are its words."""
    picks: tuple[str, ...] = ()
    """What may be picked; `pick.<name>` is the key, a blank, and what it means."""
    pattern: str = ""
    """Of what is typed, where nothing is picked."""
    every: bool = False
    """Each of the picks is to be ticked."""
    some: bool = False
    """As many of the picks are ticked as are so, or none."""
    secret: bool = False
    """What is typed is not shown: others may see the screen."""
    offers: Callable[[Sight], list[Option]] | None = None
    """What may be picked, where that depends on what is so."""
    when: Callable[[Answers], bool] | None = None
    """Whether it is asked at all, by what was answered before it."""
    possible: Callable[[str], bool] | None = None
    """Whether what is typed can be, beyond its pattern."""
    meant: Callable[[Sight, str], str | None] | None = None
    """The answer that what is typed stands for; None: it cannot be told yet."""
    near: Callable[[Sight, str], list[str]] | None = None
    """What stands below it while it is typed."""
    titled: Callable[[Sight, Ask], str] | None = None
    """The question itself, where its words depend on what is so."""

    @property
    def ticked(self) -> bool:
        """Tell whether picks are ticked, and Enter goes on."""
        return self.every or self.some

    def options(self, sight: Sight) -> list[Option]:
        """Return what may be picked, in the language of the screen."""
        if self.offers is not None:
            return self.offers(sight)
        texts = ((name, sight.words.text(f"pick.{name}")) for name in self.picks)
        return [Option(text[0], text[2:], name) for name, text in texts]

    def skipped(self, answers: Answers) -> bool:
        """Tell whether it is not asked after these answers."""
        return self.when is not None and not self.when(answers)


@dataclass(frozen=True, slots=True)
class Form:
    """Fields in their order, and what is said when the last is answered."""

    fields: tuple[Field, ...]
    made: Callable[[Answers], Said | tuple[Said, ...]] | None = None
    """None: the last answer leads to another form, or completes a command that was refused."""
    leads: Mapping[str, str] = field(default_factory=dict)
    """From the last answer to the form that follows it."""
    keyed: bool = False
    """The last answer is the patient's number: it goes beside what is said, never into it."""
    since: Callable[[Sight, str], float | None] | None = None
    """When it happened, in monotonic s, where the last answer itself says when."""
    sends: Callable[[Sight, Answers, Asker], Request] | None = None
    """What is sent, where it is no entry of the case."""

    @property
    def written(self) -> bool:
        """Tell whether so much is answered in it that nobody should have to do it twice."""
        return len(self.fields) > 1 or any(bool(one.pattern) for one in self.fields)


def yes_no(word: str) -> Field:
    """Return a question that has no default."""
    return Field(word, (YES, NO))
