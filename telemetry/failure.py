"""What to do when a server does not take what it was sent: one table."""

from __future__ import annotations

import os
import random
import re
import ssl
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus

FIRST_S = 1.0
CEILING_S = 60.0
ASKED_S = 300.0
"""A server that asks for a longer pause is asked again after this one."""
REASON_LIMIT = 200
OK_BELOW = 300
REFUSED_FROM = 400
SERVER_FROM = 500
_NO_TLS = {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE"}
"""How OpenSSL names an answer that is not encrypted, before 3.2 and since."""


class Course(StrEnum):
    """How to go on."""

    HALVE = "halve"
    """Too much at once: less of it, at once."""
    SPLIT = "split"
    """A row in it will never be taken: find it."""
    STOP = "stop"
    """Somebody has to mend something; looked at again seldom."""
    WAIT = "wait"
    """It will pass."""
    SLOW = "slow"
    """No answer in time: less of it, after a pause."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a batch was not taken, and what to do."""

    course: Course
    reason: str
    """One line, without a secret."""
    after_s: float | None = None
    """So long the server asks to be left alone."""


class TroubleError(Exception):
    """A batch was not taken; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.reason)
        self.trouble = trouble


_COURSES = {
    HTTPStatus.BAD_REQUEST: Course.SPLIT,
    HTTPStatus.UNPROCESSABLE_ENTITY: Course.SPLIT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Course.HALVE,
    HTTPStatus.UNAUTHORIZED: Course.STOP,
    HTTPStatus.FORBIDDEN: Course.STOP,
    HTTPStatus.NOT_FOUND: Course.STOP,
    HTTPStatus.METHOD_NOT_ALLOWED: Course.STOP,
    HTTPStatus.TOO_MANY_REQUESTS: Course.WAIT,
    HTTPStatus.REQUEST_TIMEOUT: Course.WAIT,
}
_MEND = {
    HTTPStatus.UNAUTHORIZED: "mend the token",
    HTTPStatus.FORBIDDEN: "let the token write the bucket",
    HTTPStatus.NOT_FOUND: "mend `url`, `org` or `bucket`",
    HTTPStatus.METHOD_NOT_ALLOWED: "mend `url`",
}


def answered(status: int, said: str, retry_after: str | None) -> Trouble:
    """Return what an HTTP answer other than success means (InfluxDB v2 API, POST /api/v2/write)."""
    course = _COURSES.get(HTTPStatus(status)) if status in set(HTTPStatus) else None
    if course is None:
        course = Course.WAIT if status < OK_BELOW or status >= SERVER_FROM else Course.STOP
    return Trouble(course, one_line(f"{status} {said}{_mend(status)}"), _seconds(retry_after))


def broken(error: BaseException, timeout_s: float) -> Trouble:
    """Return what it means that no whole answer came."""
    if isinstance(error, TimeoutError):
        return Trouble(Course.SLOW, f"no answer within {timeout_s:g} s")
    tls = [one for one in _causes(error) if isinstance(one, ssl.SSLError)]
    if any(isinstance(one, ssl.SSLCertVerificationError) for one in tls):
        why = _first(tls, "verify_message") or "not trusted"
        return Trouble(Course.STOP, one_line(f"certificate: {why}: mend `ca_file` or `url`"))
    if _first(tls, "reason") in _NO_TLS:
        return Trouble(Course.STOP, "the server speaks no TLS at this port: mend `url`")
    return Trouble(Course.WAIT, one_line(_unreached(error) or str(error) or type(error).__name__))


def pause_s(trouble: Trouble, before_s: float, chance: float | None = None) -> float:
    """Return how long to pause, up to half as long again by chance.

    `before_s` is the pause before this one, 0 at first.
    """
    if trouble.course is Course.STOP:
        return CEILING_S
    if trouble.after_s is not None:
        return min(max(trouble.after_s, FIRST_S), ASKED_S)
    longer_s = min(max(FIRST_S, 2 * before_s), CEILING_S)
    spread = random.random() if chance is None else chance
    return longer_s * (1 + spread / 2)


def one_line(text: str) -> str:
    """Return a text as one line that is not too long."""
    plain = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())
    return plain if len(plain) <= REASON_LIMIT else f"{plain[: REASON_LIMIT - 1]}…"


def _mend(status: int) -> str:
    """Return what somebody has to do, behind a colon; nothing where it is unknown.

    A redirect is not followed: it could lead to another server, or off TLS.
    """
    if OK_BELOW <= status < REFUSED_FROM:
        return ": mend `url`"
    return f": {_MEND[HTTPStatus(status)]}" if status in _MEND else ""


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in found:
        found.append(following)
        nested = getattr(following, "os_error", None) or getattr(following, "certificate_error", 0)
        cause = following.__cause__ or following.__context__
        following = nested if isinstance(nested, BaseException) else cause
    return found


def _unreached(error: BaseException) -> str:
    """Return which host was not reached and why; nothing where it was another trouble."""
    host, port = getattr(error, "host", None), getattr(error, "port", None)
    inner = getattr(error, "os_error", None)
    if host is None or not isinstance(inner, OSError) or inner.errno is None:
        return ""
    # A name that is not known has no number of the system's, and says so in words.
    why = os.strerror(inner.errno) if inner.errno > 0 else inner.strerror or str(inner)
    return f"{host}:{port}: {why.lower()}"


def _first(errors: list[ssl.SSLError], name: str) -> str:
    """Return what the first error with an attribute says there: aiohttp's own have none of them."""
    return next((said for one in errors if (said := getattr(one, name, ""))), "")


def _seconds(text: str | None) -> float | None:
    """Return a Retry-After in s (RFC 9110, 10.2.3); a date is as if nothing were said."""
    return float(text) if text is not None and text.isdecimal() else None
