"""A server of the InfluxDB 2 write API, by influxdb-client; imported when one is configured.

Its batching API drops what it gives up on, so batches, retries and pauses are ours.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from telemetry.failure import Course, Trouble, TroubleError, answered, broken, one_line
from telemetry.settings import Server

if TYPE_CHECKING:
    from influxdb_client.client.write_api_async import WriteApiAsync

CLIENT = "influxdb_client.client.influxdb_client_async"
MS = 1000


class Influx:
    """One connected server."""

    def __init__(self, server: Server, api: WriteApiAsync, token: str) -> None:
        self._server = server
        self._api = api
        self._token = token

    async def write(self, lines: Sequence[str]) -> None:
        """Return once the server has taken every line; raises TroubleError otherwise."""
        import aiohttp  # noqa: PLC0415 - 30 MiB with the client: only where one is configured
        from influxdb_client.rest import ApiException  # noqa: PLC0415 - as above

        try:
            bucket, org = self._server.bucket, self._server.org
            taken = await self._api.write(bucket=bucket, org=org, record="\n".join(lines))
        except ApiException as error:
            raise TroubleError(_refused(error, self._token)) from error
        except (aiohttp.InvalidURL, UnicodeError) as error:
            why = one_line(f"{self._server.url} is no address: mend `url`")
            raise TroubleError(Trouble(Course.STOP, why)) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TroubleError(broken(error, self._server.timeout_s)) from error
        if not taken:  # a page for people, as a hotel's network answers everything with
            raise TroubleError(Trouble(Course.STOP, "it answers as no InfluxDB does: mend `url`"))


@asynccontextmanager
async def connected(server: Server) -> AsyncIterator[Influx]:
    """Yield a server to write to; raises TroubleError where its token cannot be read."""
    token = await asyncio.to_thread(secret, server.token_file)
    context = await asyncio.to_thread(_trusting, server)
    module = await asyncio.to_thread(import_module, CLIENT)
    client = module.InfluxDBClientAsync(
        url=server.url,
        token=token,
        org=server.org,
        timeout=round(server.timeout_s * MS),
        enable_gzip=True,
        ssl_context=context,
        allow_redirects=False,
    )
    async with client as opened:
        yield Influx(server, opened.write_api(), token)


def secret(path: Path) -> str:
    """Return what a file of one secret says; raises TroubleError where there is none."""
    try:
        text = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8 text"
        why = one_line(f"{path}: {reason.lower()}: write the secret there")
        raise TroubleError(Trouble(Course.STOP, why)) from error
    if not text or not text.isprintable() or not text.isascii():
        why = "is empty: write the secret there" if not text else "is more than one line of ASCII"
        raise TroubleError(Trouble(Course.STOP, one_line(f"{path}: {why}")))
    return text


def _trusting(server: Server) -> ssl.SSLContext:
    """Return whose certificates are trusted: nobody's where the connection is not encrypted.

    Without a context the client reads the system's authorities itself, and all else waits.
    """
    if not server.url.startswith("https:"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        return ssl.create_default_context(cafile=server.ca_file)
    except (OSError, ssl.SSLError) as error:
        why = one_line(f"{server.ca_file}: {error}: mend `ca_file`")
        raise TroubleError(Trouble(Course.STOP, why)) from error


def _refused(error: Any, token: str) -> Trouble:  # noqa: ANN401 - an ApiException
    """Return what a refusal means; a server may say the token back, which nobody is told."""
    headers = error.headers or {}
    said = error.message or error.reason or ""
    if isinstance(said, bytes):  # no document of InfluxDB's: the text of a proxy, or a page
        page = said.lstrip().startswith(b"<")
        said = str(error.reason) if page else said.decode("utf-8", "replace")
    said = str(said).replace(token, "***")
    return answered(int(error.status or 0), said, headers.get("Retry-After"))
