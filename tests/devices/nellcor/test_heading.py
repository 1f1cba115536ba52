from __future__ import annotations

import pytest
from damage import flips
from hypothesis import given
from hypothesis import strategies as st
from nellcor_lines import GOOD, MODE, N595, N595_MODE, TITLE, VERSION, items, wired

from devices.nellcor.banner import Version, recognised

LIMITS = st.tuples(st.integers(0, 300), st.integers(0, 300))
VERSIONS = st.builds(
    Version,
    st.from_regex(r"[A-Z]{1,3}-[0-9]{2,3}", fullmatch=True),
    st.from_regex(r"[0-9]\.[0-9]{2}\.[0-9]{2}", fullmatch=True),
    st.sampled_from(["XXXX", "1A2B"]),
    LIMITS,
    LIMITS,
)


@given(VERSIONS)
def test_a_heading_survives_the_wire(version: Version) -> None:
    assert Version.parse(version.to_bytes().removesuffix(b"\r\n")) == version


def test_a_heading_gives_the_limits_of_the_monitor() -> None:
    found = Version.parse(VERSION.encode())
    assert found == Version("N-560", "1.61.00", "XXXX", (94, 100), (50, 170))
    assert found is not None
    assert found.to_bytes() == VERSION.encode() + b"\r\n"


def test_another_model_names_itself() -> None:
    found = Version.parse(N595.encode())
    assert found is not None
    assert (found.model, found.crc) == ("N-595", "1A2B")


@pytest.mark.parametrize(
    "text",
    [
        MODE,
        TITLE,
        N595_MODE,
        TITLE.replace("%SpO2", "%SPO2"),
        "                   NEO       10SAT-S     SPO2 RESP MODE: FAST",
        "NPB-595   Interactive Mode",
        "    1) Dump Instrument Info",
        "    2) Set Date and Time",
        "    3) Dump Trend",
        "    4) Dump Error Log",
        "    0) Exit Interactive Mode",
        "    Command?",
    ],
)
def test_the_rest_of_a_heading_and_the_menu_are_recognised(text: str) -> None:
    assert recognised(text.encode())


@pytest.mark.parametrize("text", ["", " ", GOOD, VERSION, "login:", "TIME", MODE[:40]])
def test_nothing_else_is_recognised(text: str) -> None:
    assert not recognised(text.encode())


@given(st.binary(max_size=90))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    recognised(data)
    Version.parse(data)


@pytest.mark.parametrize("text", [VERSION, MODE, TITLE])
def test_a_flipped_bit_makes_no_reading_of_a_heading(text: str) -> None:
    for flipped in flips(wired(text)):
        assert items(flipped) == []
