"""The tables that say where telemetry goes: what is wrong is said in a line, with what to mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.config import ConfigError, parsed, read
from telemetry.schema import Sink
from telemetry.settings import History

SITE = '[site]\nname = "K"\ncode = "KN"\n[[bed]]\nname = "1"\n'
INFLUX = '[influxdb]\nurl = "https://here"\norg = "o"\nbucket = "b"\ntoken_file = "token"\n'
MQTT = '[mqtt]\nhost = "here"\n'


def test_nothing_leaves_unless_it_is_asked_for() -> None:
    out = parsed(SITE, "config.toml").outward
    assert (out.influxdb, out.mqtt, out.history) == (None, None, History())
    assert out.sinks == frozenset()


def test_paths_begin_where_the_configuration_lies(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    extra = f'{MQTT}user = "u"\npassword_file = "secrets/mqtt"\nca_file = "/etc/ca.crt"\n'
    file.write_text(SITE + INFLUX + extra)
    out = read(file).outward
    assert out.sinks == {Sink.INFLUXDB, Sink.MQTT}
    assert out.influxdb is not None
    assert out.mqtt is not None
    assert out.influxdb.token_file == tmp_path / "token"
    assert (out.mqtt.password_file, out.mqtt.ca_file) == (
        tmp_path / "secrets/mqtt",
        Path("/etc/ca.crt"),
    )
    assert (out.mqtt.port, out.mqtt.prefix, out.mqtt.tls) == (8883, "vagt", True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (INFLUX.replace("https://here", "https://u:secret@here"), "[influxdb]: url"),
        (INFLUX.replace("https://here", "ftp://here"), "[influxdb]: url"),
        (INFLUX.replace("https://here", "https://here:99999"), "url is no address: Port"),
        (INFLUX.replace("https://here", "https://here:port"), "url is no address: Port"),
        (INFLUX.replace("https://here", "https://here:0"), "url is no address: a port is"),
        (INFLUX.replace("https://here", "https://[bad"), "url is no address: Invalid"),
        (f"{INFLUX}token = 'x'\n", "[influxdb]: token: is unknown"),
        (f"{MQTT}port = 0\n", "[mqtt]: port"),
        (f"{MQTT}prefix = 'a/#'\n", "[mqtt]: prefix"),
        (f"{MQTT}user = 'u'\n", "user and password_file go together"),
        (f"{MQTT}key_file = 'k'\n", "certificate_file and key_file go together"),
        (f"{MQTT}tls = false\nca_file = 'k'\n", "need tls"),
        ("[history]\nquota_mib = 1\n", "[history]: quota_mib"),
    ],
)
def test_what_cannot_be_is_said_by_table_and_key(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parsed(SITE + text, "config.toml")
    (error,) = caught.value.errors
    assert said in error
    assert "secret" not in error
