"""What each refusal means: one table, in one line, without a secret."""

from __future__ import annotations

import ssl

import pytest

from telemetry.failure import Course, Trouble, answered, broken, pause_s


@pytest.mark.parametrize(
    ("status", "course"),
    [
        (400, Course.SPLIT),
        (422, Course.SPLIT),
        (413, Course.HALVE),
        (401, Course.STOP),
        (403, Course.STOP),
        (404, Course.STOP),
        (405, Course.STOP),
        (302, Course.STOP),
        (307, Course.STOP),
        (418, Course.STOP),
        (408, Course.WAIT),
        (429, Course.WAIT),
        (500, Course.WAIT),
        (503, Course.WAIT),
        (599, Course.WAIT),
        (0, Course.WAIT),
    ],
)
def test_every_status_has_a_course(status: int, course: Course) -> None:
    assert answered(status, "so it is", None).course is course


def test_what_somebody_has_to_mend_is_named() -> None:
    assert answered(401, "unauthorized access", None).reason.endswith("mend the token")
    assert "`bucket`" in answered(404, "bucket not found", None).reason
    assert answered(308, "Permanent Redirect", None).reason.endswith("mend `url`")


def test_a_reason_cannot_move_a_terminals_cursor() -> None:
    assert answered(400, "a\x1b[2Jb\x9b2Jc", None).reason == "400 a [2Jb 2Jc"


def test_a_reason_is_one_short_line() -> None:
    reason = answered(400, "unable\nto\tparse " + "x" * 900, None).reason
    assert reason.startswith("400 unable to parse x")
    assert len(reason) == 200


@pytest.mark.parametrize(("said", "found"), [("7", 7.0), ("Wed, 21 Oct 2026", None), (None, None)])
def test_a_server_may_ask_for_a_pause_in_seconds(said: str | None, found: float | None) -> None:
    assert answered(429, "", said).after_s == found


def test_silence_names_the_time_that_was_waited() -> None:
    assert broken(TimeoutError(), 10.0) == Trouble(Course.SLOW, "no answer within 10 s")


@pytest.mark.parametrize("reason", ["WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE"])
def test_a_port_without_tls_is_for_somebody_to_mend(reason: str) -> None:
    error = ssl.SSLError(1, f"[SSL: {reason}] what OpenSSL says")
    error.reason = reason
    assert broken(error, 10.0).course is Course.STOP


def test_a_certificate_that_is_not_trusted_is_for_somebody_to_mend() -> None:
    refused = ssl.SSLCertVerificationError("certificate verify failed")
    refused.verify_message = "self-signed certificate"
    outer = OSError("cannot connect")
    outer.__cause__ = refused
    found = broken(outer, 10.0)
    assert (found.course, "self-signed certificate" in found.reason) == (Course.STOP, True)


def test_pauses_double_up_to_a_minute_and_a_server_is_heeded() -> None:
    wait, asked = Trouble(Course.WAIT, ""), Trouble(Course.WAIT, "", 2.0)
    assert [pause_s(wait, before, 0) for before in (0.0, 1.0, 2.0, 40.0)] == [1, 2, 4, 60]
    assert pause_s(wait, 0, 1.0) == 1.5
    assert pause_s(asked, 0) == 2.0
    assert pause_s(Trouble(Course.WAIT, "", 9e9), 0) == 300
    assert pause_s(Trouble(Course.STOP, ""), 0) == 60


def test_a_host_that_is_not_reached_is_named_with_what_the_system_says() -> None:
    refused = OSError("cannot connect")
    refused.host, refused.port = "clinic", 8086  # type: ignore[attr-defined]  # as aiohttp's has
    refused.os_error = ConnectionRefusedError(111, "Connect call failed")  # type: ignore[attr-defined]
    assert broken(refused, 10.0).reason == "clinic:8086: connection refused"
    refused.os_error = OSError(-2, "Name or service not known")  # type: ignore[attr-defined]
    assert broken(refused, 10.0).reason == "clinic:8086: name or service not known"
