"""Awaiting a library that may lose a cancellation."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

Answered = TypeVar("Answered")


async def heeded(work: Awaitable[Answered]) -> Answered:
    """Await pymodbus; a cancellation that it loses is raised again.

    It waits by `asyncio.wait_for`, which up to Python 3.11 forgets that it was cancelled when its
    work ended at the same moment (CPython issue 86296): a daemon told to stop would live on.
    """
    task = asyncio.current_task()
    before = task.cancelling() if task else 0
    try:
        return await work
    finally:
        if task and task.cancelling() > before:
            raise asyncio.CancelledError
