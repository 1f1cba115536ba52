"""Finds in a syntax tree what import contracts cannot see: a pure room that acts."""

from __future__ import annotations

import ast
from collections.abc import Iterator

ACTS = {"breakpoint", "eval", "exec", "input", "open", "print"}
"""Built-in functions that reach outside, and methods of the same name."""
CLOCKS = {"now", "today", "utcnow"}
"""Methods that read a clock. A parameter may bear such a name: the moment comes in as a value."""


def impurities(source: str, banned: set[str]) -> list[str]:
    """Return one line for each act in `source` and each import of a module in `banned`."""
    nodes = ast.walk(ast.parse(source))
    found = [(node, name) for node in nodes for name in _offences(node, banned)]
    return [f"line {getattr(node, 'lineno', 0)}: {name}" for node, name in found]


def _offences(node: ast.AST, banned: set[str]) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names if _root(alias.name) in banned)
        case ast.ImportFrom(module=str(module)) if _root(module) in banned:
            yield module
        case ast.Attribute(attr=name) if name in ACTS | CLOCKS:
            yield name
        case ast.Name(id=name) if name in ACTS | {"__import__"}:
            yield name
        case ast.Call(func=ast.Name(id=name)) if name in CLOCKS:
            yield name


def _root(module: str) -> str:
    return module.partition(".")[0]
