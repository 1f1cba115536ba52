"""A connection to an MQTT 5 broker, by aiomqtt; imported when one is configured.

A broker that denies a message acknowledges it all the same: in MQTT 5 the reason code says so
(MQTT 5.0, 3.4.2.1), and aiomqtt passes over it. So it is looked at here.
"""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

from telemetry.failure import Course, Trouble, TroubleError, one_line
from telemetry.influx import secret
from telemetry.settings import Broker

if TYPE_CHECKING:
    import aiomqtt
    from paho.mqtt.client import Client, SocketLike
    from paho.mqtt.reasoncodes import ReasonCode

KEEPALIVE_S = 30
BYE_S = 1.0
"""A farewell is not waited for any longer, nor is the end of the connection after it."""
QUIET = logging.getLogger("telemetry.broker.client")
QUIET.setLevel(logging.CRITICAL)
"""What the client logs of each failure is told once, in the standing."""
_NUMBER = re.compile(r"^\[Errno -?\d+\] ")
_MENDED = ("certificate", "CERTIFICATE", "WRONG_VERSION", "wrong version")
_CREDENTIALS = {
    "bad user name or password",
    "not authorized",
    "banned",
    "bad authentication method",
}


class DeniedError(Exception):
    """The broker will not take a message on this topic; the message is its reason."""


class Wire:
    """An open connection; one message at a time."""

    def __init__(self, client: aiomqtt.Client, broker: Broker) -> None:
        self._client = client
        self._broker = broker
        self._turn = asyncio.Lock()
        self._reason: ReasonCode | None = None
        paho = client._client  # noqa: SLF001 - aiomqtt keeps the reason code from its callers
        self._onward = paho.on_publish
        paho.on_publish = self._published
        paho.on_socket_register_write = self._writing

    async def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Return once the broker has the message, at QoS 1.

        Raises DeniedError when it will not take it, TroubleError when the connection is gone.
        """
        import aiomqtt  # noqa: PLC0415 - only where one is configured

        async with self._turn:
            self._reason = None
            timeout_s = self._broker.timeout_s
            try:
                await self._client.publish(topic, payload, 1, retain, timeout=timeout_s)
            except aiomqtt.MqttError as error:
                raise TroubleError(_trouble(error, timeout_s)) from error
            finally:
                _heed()
            reason: ReasonCode | None = self._reason
        if reason is not None and reason.is_failure:
            raise DeniedError(one_line(f"{topic}: {reason}".lower()))

    async def leave(self, will: str) -> None:
        """Say that we go; a broker that does not listen is not waited for."""
        import aiomqtt  # noqa: PLC0415 - only where one is configured

        self._client.timeout = BYE_S
        with suppress(aiomqtt.MqttError):
            await self._client.publish(will, b"offline", 1, retain=True)

    def _writing(self, paho: Client, _: object, sock: SocketLike) -> None:
        """Write when there is room, from now on: aiomqtt asks later, of a socket closed by then."""
        asyncio.get_running_loop().add_writer(sock.fileno(), paho.loop_write)

    def _published(self, *told: Any) -> None:  # noqa: ANN401 - what paho hands over, and onward
        self._reason = told[3]
        if self._onward is not None:
            self._onward(*told)


@asynccontextmanager
async def connected(broker: Broker, will: str) -> AsyncIterator[Wire]:
    """Yield a connection; `will` is the topic that says `online` and, once it is gone, `offline`.

    Raises TroubleError where there is none.
    """
    client = await _client(broker, will)
    paho = client._client  # noqa: SLF001 - what aiomqtt leaves open, when connecting fails
    import aiomqtt  # noqa: PLC0415 - only where one is configured

    try:
        async with client:
            _unheard(client)
            wire = Wire(client, broker)
            try:
                await wire.publish(will, b"online", retain=True)
                yield wire
            except asyncio.CancelledError:
                await wire.leave(will)
                raise
    except aiomqtt.MqttError as error:
        raise TroubleError(_trouble(error, broker.timeout_s)) from error
    except DeniedError as error:
        raise TroubleError(Trouble(Course.STOP, f"{error}: mend the rights of `user`")) from error
    finally:
        paho._sock_close()  # noqa: SLF001 - as above
        _heed()


async def _client(broker: Broker, will: str) -> aiomqtt.Client:
    """Return a client that is to connect; files are read, and it is imported, in a thread."""
    await asyncio.to_thread(import_module, "aiomqtt")
    import aiomqtt  # noqa: PLC0415 - only where one is configured

    password, context = await asyncio.to_thread(_secrets, broker)
    client = aiomqtt.Client(
        broker.host,
        broker.port,
        username=broker.user,
        password=password,
        protocol=aiomqtt.ProtocolVersion.V5,
        will=aiomqtt.Will(will, b"offline", 1, True),  # noqa: FBT003 - its own signature
        tls_context=context,
        timeout=broker.timeout_s,
        keepalive=KEEPALIVE_S,
        logger=QUIET,
    )
    _unheard(client)
    return client


def _unheard(client: aiomqtt.Client) -> None:
    """Let asyncio not complain that nobody asked how a connection ended."""
    ended = client._disconnected  # noqa: SLF001 - another one once it is connected
    ended.add_done_callback(lambda end: end.cancelled() or end.exception())


def _heed() -> None:
    """End where that was asked: until Python 3.12, `asyncio.wait_for` may pass over it.

    It does where an answer or a timeout comes in the same turn (CPython gh-86296).
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


def _secrets(broker: Broker) -> tuple[str | None, ssl.SSLContext | None]:
    """Return what is read from files at each connection: reading takes longer than a beat may."""
    password = secret(broker.password_file) if broker.password_file else None
    return password, _trusting(broker)


def _trusting(broker: Broker) -> ssl.SSLContext | None:
    """Return whom we trust, and who we are; None where the connection is not encrypted."""
    if not broker.tls:
        return None
    try:
        context = ssl.create_default_context(cafile=broker.ca_file)
        if broker.certificate_file is not None:
            context.load_cert_chain(broker.certificate_file, broker.key_file)
    except (OSError, ssl.SSLError) as error:
        files = [broker.ca_file, broker.certificate_file, broker.key_file]
        names = ", ".join(str(file) for file in files if file is not None)
        why = one_line(f"{names}: {error}: mend the files of certificates")
        raise TroubleError(Trouble(Course.STOP, why)) from error
    return context


def _trouble(error: Exception, timeout_s: float) -> Trouble:
    """Return what went wrong; aiomqtt keeps only the text of most of it."""
    text = one_line(_NUMBER.sub("", str(error)) or type(error).__name__)
    if "timed out" in text.lower():
        return Trouble(Course.WAIT, f"no answer within {timeout_s:g} s")
    if any(word in text for word in _MENDED):
        return Trouble(Course.STOP, f"{text}: mend `ca_file` or `host`")
    if any(word in text.lower() for word in _CREDENTIALS):
        return Trouble(Course.STOP, f"{text}: mend `user` and its password")
    return Trouble(Course.WAIT, text)
