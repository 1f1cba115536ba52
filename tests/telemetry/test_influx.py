"""What connects to a server: its certificate, our token, and an answer that is none."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from aiohttp import web
from brokers import authority, signed
from gruff import gruff
from tides import tide

from telemetry.failure import Course, Trouble, TroubleError
from telemetry.influx import connected
from telemetry.line import line
from telemetry.settings import Server

LINES = [line(point, "KN") for point in tide(1)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a token, two authorities, and what the first one signed."""
    made = tmp_path_factory.mktemp("tls")
    (made / "token").write_text("hemmeligt\n")
    authority(made, "other")
    signed(made, authority(made, "clinic"), "server")
    return made


def encrypted(folder: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "server.crt", folder / "server.key")
    return context


def settings(folder: Path, url: str, ca: str | None = None, token: str = "token") -> Server:  # noqa: S107 - a file
    ca_file = None if ca is None else folder / ca
    token_file = folder / token
    return Server(url, "clinic", "vitals", token_file, ca_file, timeout_s=5.0)


async def refused(server: Server) -> Trouble:
    """Return why lines are not taken."""
    with pytest.raises(TroubleError) as found:
        async with connected(server) as influx:
            await influx.write(LINES)
    assert "hemmeligt" not in found.value.trouble.reason
    assert len(found.value.trouble.reason.splitlines()) == 1
    return found.value.trouble


async def test_a_server_whose_certificate_we_trust_gets_the_lines(folder: Path) -> None:
    async with gruff(encrypted(folder)) as server:
        async with connected(settings(folder, server.url, "clinic.crt")) as influx:
            await influx.write(LINES)
        assert server.lines == LINES


@pytest.mark.parametrize("ca", [None, "other.crt"], ids=["the system", "another clinic"])
async def test_a_server_that_nobody_we_trust_signed_gets_nothing(
    folder: Path, ca: str | None
) -> None:
    async with gruff(encrypted(folder)) as server:
        trouble = await refused(settings(folder, server.url, ca))
        assert trouble.course is Course.STOP
        assert trouble.reason.startswith("certificate: ")
        assert server.requests == 0


async def test_a_certificate_of_another_name_gets_nothing(folder: Path) -> None:
    async with gruff(encrypted(folder), "127.0.0.2") as server:
        trouble = await refused(settings(folder, server.url, "clinic.crt"))
        assert trouble.course is Course.STOP
        assert "127.0.0.2" in trouble.reason
        assert server.requests == 0


async def test_a_server_without_tls_gets_nothing_where_tls_is_asked_for(folder: Path) -> None:
    async with gruff() as server:
        url = server.url.replace("http:", "https:")
        trouble = await refused(settings(folder, url, "clinic.crt"))
        assert trouble.course is Course.STOP
        assert trouble.reason.endswith("mend `url`")
        assert server.requests == 0


async def test_an_authority_that_cannot_be_read_is_named(folder: Path) -> None:
    trouble = await refused(settings(folder, "https://127.0.0.1:9", "gone.crt"))
    assert trouble.course is Course.STOP
    assert trouble.reason.startswith(str(folder / "gone.crt"))


@pytest.mark.parametrize("text", [None, "", "two\nlines"], ids=["absent", "empty", "two lines"])
async def test_a_token_that_cannot_be_read_is_named_by_its_file(
    folder: Path, text: str | None
) -> None:
    if text is not None:
        (folder / "wrong").write_text(text)
    trouble = await refused(settings(folder, "http://127.0.0.1:9", token="wrong"))  # noqa: S106 - a file
    assert trouble.course is Course.STOP
    assert trouble.reason.startswith(f"{folder / 'wrong'}: ")
    (folder / "wrong").unlink(missing_ok=True)


@pytest.mark.parametrize("host", ["a..b", f"{'a' * 64}.dk"])
async def test_an_address_that_cannot_be_one_is_for_somebody_to_mend(
    folder: Path, host: str
) -> None:
    trouble = await refused(settings(folder, f"http://{host}"))
    assert trouble == Trouble(Course.STOP, f"http://{host} is no address: mend `url`")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('{"code": "unavailable", "message": "queue full"}', "503 queue full"),
        ("the disk is full", "503 the disk is full"),
        ("<html>an engine's page</html>", "503 Service Unavailable"),
        ("", "503 Service Unavailable"),
    ],
    ids=["InfluxDB", "text", "page", "nothing"],
)
async def test_what_a_server_said_is_told_as_text(folder: Path, body: str, reason: str) -> None:
    async with gruff() as server:
        server.always = lambda: web.Response(status=503, text=body)
        trouble = await refused(settings(folder, server.url))
        assert trouble == Trouble(Course.WAIT, reason)
