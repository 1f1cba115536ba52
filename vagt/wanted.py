"""What may stand in a field of something that is said, in words that a person types."""

from __future__ import annotations

from typing import Any, get_args

from msgspec import inspect

from vitals import acts, deed

_FORMS = {
    deed.Initials: "initials of 1 to 16 letters, digits, dots or hyphens",
    deed.MaybeInitials: "initials of at most 16 letters, digits, dots or hyphens",
    deed.Line: "1 to 120 signs on one line, in quotes",
    deed.Remark: "at most 120 signs on one line, in quotes",
    deed.Code: "four digits",
    deed.MaybeCode: "four digits",
    deed.Bed: "a name of 1 to 32 signs",
    acts.Name: "a name of 1 to 32 signs",
}
_PATTERNS = {get_args(kind)[1].pattern: words for kind, words in _FORMS.items()}


def wanted(kind: Any) -> str:  # noqa: ANN401 - whatever a field is typed as
    """Return what a field of a type may hold: its words, its range or its form."""
    return _wanted(inspect.type_info(kind))


def _wanted(info: inspect.Type) -> str:
    words = "a text"
    match info:
        case inspect.EnumType(cls=kinds):
            words = f"one of {', '.join(one.value for one in kinds)}"
        case inspect.BoolType():
            words = "yes or no"
        case inspect.IntType() | inspect.FloatType():
            words = _number(info)
        case inspect.StrType(pattern=str() as pattern):
            words = _PATTERNS.get(pattern, words)
        case inspect.VarTupleType(item_type=item):
            words = f"each {_wanted(item)}"
        case inspect.Metadata(type=inner):
            words = _wanted(inner)
        case inspect.UnionType(types=kinds):
            told = [_wanted(one) for one in kinds if not isinstance(one, inspect.NoneType)]
            words = " or ".join(told)
        case _:
            pass
    return words


def _number(info: inspect.IntType | inspect.FloatType) -> str:
    """Return the range of a number as msgspec holds to it."""
    kind = "a whole number" if isinstance(info, inspect.IntType) else "a number"
    bounds = (("from", info.ge), ("above", info.gt), ("to", info.le), ("below", info.lt))
    return " ".join([kind, *(f"{word} {bound:g}" for word, bound in bounds if bound is not None)])
