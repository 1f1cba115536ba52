"""The clinic's server: its compose file as the specification has it, its broker as it runs."""

from __future__ import annotations

import asyncio
import re
import ssl
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiomqtt
import msgspec
import pytest
from brokers import PASSWORD
from clinicserver import SERVER, WITHIN_S, Mosquitto, document, mosquitto

from telemetry.broker import DeniedError, connected
from telemetry.failure import Course, TroubleError
from telemetry.settings import Broker, History, Server
from vitals.measure import Measure

README = (SERVER / "README.md").read_text("utf-8")
PAGE = (SERVER.parents[1] / "docs" / "telemetry.md").read_text("utf-8")
COMPOSE = document("compose.yaml")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
TOP_LEVEL = {"name", "services", "networks", "volumes", "secrets", "configs", "include", "models"}
SERVICE = {
    *("cap_drop", "depends_on", "environment", "healthcheck", "image", "logging", "ports"),
    *("restart", "secrets", "security_opt", "user", "volumes"),
}
HEALTH = {"test", "interval", "timeout", "retries", "start_period"}
"""Keys of the Compose Specification that are used here; a misspelt one is among none of them."""
SECRET = re.compile(r"PASSWORD|TOKEN|SECRET|KEY")
VARIABLE = re.compile(r"\$\{(\w+)(?::([?-])([^}]*))?\}")

each_service = pytest.mark.parametrize("name", SERVICES)


def _variables() -> dict[str, tuple[str, str]]:
    text = (SERVER / "compose.yaml").read_text("utf-8")
    return {name: (sign, word) for name, sign, word in VARIABLE.findall(text)}


def test_the_compose_file_has_no_key_that_the_specification_does_not_know() -> None:
    assert {key for key in COMPOSE if not key.startswith("x-")} <= TOP_LEVEL
    for service in SERVICES.values():
        assert set(service) <= SERVICE
        assert set(service["healthcheck"]) <= HEALTH
    assert all(set(secret) == {"file"} for secret in COMPOSE["secrets"].values())


@each_service
def test_a_service_is_pinned_starts_again_and_is_looked_after(name: str) -> None:
    service = SERVICES[name]
    assert re.fullmatch(r"[a-z/-]+:\d+\.\d+", service["image"])
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"][0] == "CMD"
    assert service["user"].startswith("${SERVER_USER:?")
    assert service["cap_drop"] == ["ALL"]


@each_service
def test_a_service_listens_where_it_is_told_and_nowhere_else(name: str) -> None:
    for port in SERVICES[name]["ports"]:
        assert re.fullmatch(r"\$\{LAN_ADDRESS:\?[^}]+\}:(\d+):\1", port)


@each_service
def test_no_secret_is_written_in_the_environment(name: str) -> None:
    environment = SERVICES[name].get("environment", {})
    for key, value in environment.items():
        if SECRET.search(key) and value not in ("true", "false"):
            assert value.removeprefix("/run/secrets/") in SERVICES[name]["secrets"], key


@each_service
def test_every_secret_of_a_service_is_a_file_that_the_readme_has_made(name: str) -> None:
    for secret in SERVICES[name]["secrets"]:
        file = COMPOSE["secrets"][secret]["file"]
        assert file.startswith("./secrets/")
        assert file.removeprefix("./") in README, file


def test_no_secret_lies_in_the_repository() -> None:
    ignored = (SERVER / ".gitignore").read_text("utf-8").splitlines()
    assert {"/.env", "/secrets/", "/data/", "/backup/"} <= set(ignored)


@each_service
def test_whatever_is_mounted_is_there_or_made_by_the_readme(name: str) -> None:
    for volume in SERVICES[name]["volumes"]:
        source, _, *rights = volume.split(":")
        if rights == ["ro"]:
            assert (SERVER / source).exists(), source
        else:
            assert source.removeprefix("./") in README, source


def test_without_its_settings_nothing_starts_and_each_is_in_the_readme() -> None:
    variables = _variables()
    assert {name for name, (sign, _) in variables.items() if sign == "-"} == {"INFLUXDB_RETENTION"}
    for name, (sign, word) in variables.items():
        assert f"`{name}`" in README
        assert sign == "-" or "README.md step" in word
    assert f"`{variables['INFLUXDB_RETENTION'][1]}`" in README


def test_the_secrets_that_grafana_is_provisioned_with_are_given_to_it() -> None:
    text = (SERVER / "grafana/provisioning/datasources/influxdb.yaml").read_text("utf-8")
    named = set(re.findall(r"\$__file\{/run/secrets/(\w+)\}", text))
    assert named <= set(SERVICES["grafana"]["secrets"])
    assert set(re.findall(r"\$([A-Z]\w+)", text)) <= set(SERVICES["grafana"]["environment"])
    (provider,) = document("grafana/provisioning/dashboards/vagt.yaml")["providers"]
    mounted = {volume.split(":")[1] for volume in SERVICES["grafana"]["volumes"]}
    assert provider["options"]["path"] in mounted


def _tables(text: str) -> dict[str, Any]:
    return tomllib.loads("\n".join(re.findall(r"```toml\n(.*?)```", text, re.DOTALL)))


def _path(kind: type, text: str) -> Path:
    assert kind is Path
    return Path(text)


def test_what_the_readme_has_a_clinic_write_is_what_vagt_reads() -> None:
    tables = _tables(README)
    server = msgspec.convert(tables["influxdb"], Server, dec_hook=_path)
    broker = msgspec.convert(tables["mqtt"], Broker, dec_hook=_path)
    assert server.url.startswith("https:")
    assert broker.tls
    assert (broker.port, broker.prefix) == (8883, "vagt")


def test_the_page_on_telemetry_shows_every_setting_and_what_it_is_by_default() -> None:
    tables = _tables(re.sub(r"^# (\w+ = )", r"\1", PAGE, flags=re.MULTILINE))
    kinds: dict[str, type[msgspec.Struct]]
    kinds = {"influxdb": Server, "mqtt": Broker, "history": History}
    for name, kind in kinds.items():
        msgspec.convert(tables[name], kind, dec_hook=_path)
        known = {field.name: field for field in msgspec.structs.fields(kind)}
        assert set(tables[name]) == set(known)
        for key, value in tables[name].items():
            assert known[key].default in (value, None, msgspec.NODEFAULT), key


def test_the_page_on_telemetry_lists_every_measure_that_may_leave_with_its_unit() -> None:
    rows = re.findall(r"^\| (`[\w`, ]+`) \| (\S+) \|$", PAGE, re.MULTILINE)
    told = {name: unit for names, unit in rows for name in re.findall(r"\w+", names)}
    assert told == {measure.value: measure.form.unit for measure in Measure}


def test_what_the_readme_and_the_page_link_to_is_there() -> None:
    for text, folder in ((README, SERVER), (PAGE, SERVER.parents[1] / "docs")):
        for file, heading in re.findall(r"\]\((?!https?:)([^)#]+)(?:#([^)]+))?\)", text):
            found = (folder / file).read_text("utf-8")
            titles = re.findall(r"^#+ (.+)$", found, re.MULTILINE)
            slugs = {re.sub(r"[^\w-]", "", one.lower().replace(" ", "-")) for one in titles}
            assert not heading or heading in slugs, (file, heading)


@pytest.mark.timeout(60)
def test_the_certificate_that_the_readme_has_made_passes_the_strictest_look(tmp_path: Path) -> None:
    (block,) = re.findall(r"```sh\n([^`]*openssl req -x509.*?)```", README, re.DOTALL)
    commands = block.replace("cd /srv/vagt; ", "")
    (tmp_path / "secrets").mkdir()
    (tmp_path / ".env").write_text("SERVER_NAME=vagt.klinik.example\nLAN_ADDRESS=10.0.8.2\n")
    made = ["bash", "-euc", commands]
    subprocess.run(made, cwd=tmp_path, check=True, capture_output=True)
    looked = ["openssl", "verify", "-x509_strict", "-purpose", "sslserver"]
    whose = ["-CAfile", str(tmp_path / "secrets/authority.crt")]
    for name in ("vagt.klinik.example", "influxdb", "localhost"):
        own = ["-verify_hostname", name, str(tmp_path / "secrets/server.crt")]
        subprocess.run([*looked, *whose, *own], check=True, capture_output=True)


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mosquitto]:
    folder = tmp_path_factory.mktemp("clinic") / "mosquitto"
    with mosquitto(folder, {"KN": PASSWORD, "AB": PASSWORD, "reader": PASSWORD}) as found:
        yield found


def _reading(broker: Mosquitto, user: str = "reader") -> aiomqtt.Client:
    return aiomqtt.Client(
        "localhost",
        broker.port,
        username=user,
        password=PASSWORD,
        protocol=aiomqtt.ProtocolVersion.V5,
        tls_context=ssl.create_default_context(cafile=broker.authority),
        timeout=WITHIN_S,
    )


@pytest.mark.timeout(60)
async def test_a_clinic_writes_below_its_own_code_and_a_reader_reads_it(broker: Mosquitto) -> None:
    async with asyncio.timeout(WITHIN_S), _reading(broker) as reader:
        await reader.subscribe("vagt/#", 1)
        async with connected(broker.settings("KN"), "vagt/KN/online") as wire:
            await wire.publish("vagt/KN/event/alarm", b"{}")
        heard = []
        async for message in reader.messages:
            heard.append((message.topic.value, message.payload))
            if message.topic.value == "vagt/KN/event/alarm":
                break
        assert heard[0] == ("vagt/KN/online", b"online")


@pytest.mark.timeout(60)
@pytest.mark.parametrize("topic", ["vagt/AB/event/alarm", "other", "homeassistant/sensor/x/config"])
async def test_a_clinic_is_denied_what_is_not_its_own(broker: Mosquitto, topic: str) -> None:
    async with connected(broker.settings("KN"), "vagt/KN/online") as wire:
        with pytest.raises(DeniedError, match="not authorized"):
            await wire.publish(topic, b"{}")


@pytest.mark.timeout(60)
async def test_a_reader_writes_nothing_not_even_below_its_own_name(broker: Mosquitto) -> None:
    with pytest.raises(TroubleError) as denied:
        async with connected(broker.settings("reader"), "vagt/reader/online"):
            raise AssertionError("it was let in")
    assert denied.value.trouble.course is Course.STOP


@pytest.mark.timeout(60)
async def test_one_clinic_hears_nothing_of_another(broker: Mosquitto) -> None:
    async with _reading(broker, "AB") as curious:
        await curious.subscribe("vagt/#", 1)
        async with connected(broker.settings("KN"), "vagt/KN/online") as wire:
            await wire.publish("vagt/KN/event/case", b"{}")
        assert len(curious.messages) == 0


@pytest.mark.timeout(60)
@pytest.mark.parametrize("user", [None, "XX"])
async def test_nobody_is_let_in_without_a_password_of_the_broker(
    broker: Mosquitto, tmp_path: Path, user: str | None
) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("forkert")
    settings = msgspec.structs.replace(
        broker.settings(None), user=user, password_file=wrong if user else None
    )
    with pytest.raises(TroubleError) as refused:
        async with connected(settings, "vagt/XX/online"):
            raise AssertionError("it was let in")
    assert refused.value.trouble.course is Course.STOP


@pytest.mark.timeout(60)
async def test_the_broker_speaks_tls_alone(broker: Mosquitto) -> None:
    settings = msgspec.structs.replace(broker.settings("KN"), tls=False, ca_file=None, timeout_s=2)
    with pytest.raises(TroubleError):
        async with connected(settings, "vagt/KN/online"):
            raise AssertionError("it was let in")
