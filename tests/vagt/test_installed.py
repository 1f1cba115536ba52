"""What `vagt doctor` finds of the installation: half of it, two daemons, secrets, certificates."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from berries import Berry
from doctors import STRANGER, ids, only, scene
from msgspec import structs
from sockets import Machine

from daemon.config import Patients
from telemetry.settings import Broker, Server
from vagt.doctor.certificates import certificates
from vagt.doctor.credentials import credentials
from vagt.doctor.daemon import daemon
from vagt.doctor.daemons import daemons
from vagt.doctor.finding import Finding
from vagt.doctor.installed import OPT, RULES, SERVICE, UNITS, installed, serving, unconfigured
from vagt.doctor.person import Person
from vagt.doctor.scene import Scene
from vagt.doctor.streams import streams
from vagt.doctor.validity import ends


@pytest.fixture
def berry(tmp_path: Path) -> Berry:
    return Berry(tmp_path / "root")


def test_a_machine_without_the_service_is_no_fault(tmp_path: Path) -> None:
    one = scene(Machine(tmp_path / "root"))
    assert ids(installed(one)) == []
    assert serving(one.root) is None
    assert credentials(one).checked == ()


def test_a_whole_installation_is_named_by_its_version(berry: Berry) -> None:
    result = installed(berry.watched())
    assert result.findings == ()
    assert result.checked[0].what == "vagt 1.0 as a service"


@pytest.mark.parametrize(
    ("gone", "found"),
    [
        (OPT / "current", "install_broken"),
        (OPT / "releases/1.0/bin/vagt", "install_broken"),
        (OPT / "releases/1.0/whole", "install_unfinished"),
        (UNITS / SERVICE, "install_no_unit"),
        (UNITS / "multi-user.target.wants" / SERVICE, "install_not_enabled"),
        (RULES, "install_no_rules"),
    ],
)
def test_whatever_is_missing_of_an_installation_is_found(
    berry: Berry, gone: Path, found: str
) -> None:
    berry.drop(gone)
    assert only(installed(berry.watched())).id == found


def test_a_version_that_is_not_there_is_named(berry: Berry) -> None:
    berry.link(OPT / "current", "releases/1.1")
    what = only(installed(berry.scene())).what
    assert "/opt/vagt/current leads to releases/1.1, which is not there" in what


def test_a_daemon_of_another_version_than_the_one_installed_is_found(berry: Berry) -> None:
    one = berry.watched()
    berry.write(OPT / "releases/1.1/bin/vagt", "")
    berry.write(OPT / "releases/1.1/whole", "")
    berry.link(OPT / "current", "releases/1.1")
    finding = only(installed(one))
    assert finding.id == "install_not_running"
    assert finding.what == "daemon: it is vagt 1.0, and vagt 1.1 is installed"


def test_a_configuration_that_the_daemon_s_user_may_not_read_is_found(berry: Berry) -> None:
    one = replace(berry.scene(), serving=STRANGER, me=Person("root", 0, frozenset()))
    one.file.parent.chmod(0o755)
    one.file.chmod(0o644)
    assert ids(installed(one)) == []
    one.file.chmod(0o600)
    finding = only(installed(one))
    assert finding.id == "config_denied"
    assert f"sudo chmod 0640 {one.file}" in finding.remedy


def test_a_unit_without_a_configuration_is_told_in_one_line(berry: Berry) -> None:
    one = berry.scene()
    assert unconfigured(berry.root, one.file) == ""
    one.file.unlink()
    said = unconfigured(berry.root, one.file)
    assert said.startswith(f"{one.file} is not there, and the daemon does not start: ")
    berry.drop(UNITS / SERVICE)
    assert unconfigured(berry.root, one.file) == ""


def test_a_daemon_that_is_a_service_is_started_as_one(berry: Berry) -> None:
    one = replace(berry.scene(), serving=STRANGER)
    assert only(daemon(one)).remedy.startswith("sudo systemctl start vagt; ")


def run(berry: Berry, pid: int, *words: str) -> None:
    berry.process(pid, "/opt/vagt/current/bin/python3", "/opt/vagt/bin/vagt", "run", *words)


def test_one_daemon_that_answers_is_in_order(berry: Berry) -> None:
    one = berry.watched()
    run(berry, os.getpid(), "--config", str(one.file))
    result = daemons(one)
    assert result.findings == ()
    assert result.checked[0].what == "running for this clinic 1"


def test_a_second_daemon_of_the_same_clinic_is_found_with_both_pids(berry: Berry) -> None:
    one = berry.watched()
    run(berry, 31, "--config", str(one.file))
    berry.link("proc/32/cwd", str(one.file.parent))
    run(berry, 32, f"--config={one.file.name}")
    finding = only(daemons(one))
    assert finding.id == "daemon_twice"
    assert f"pid 31 with {one.file} and pid 32 with {one.file}" in finding.what


def test_a_child_that_is_about_to_play_a_sound_is_no_second_daemon(berry: Berry) -> None:
    one = berry.watched()
    run(berry, 31, "--config", str(one.file))
    run(berry, 32, "--config", str(one.file))
    berry.write("proc/32/status", "Name:\tvagt\nPid:\t32\nPPid:\t31\n")
    assert ids(daemons(one)) == []


def test_a_second_daemon_that_wants_a_port_of_this_one_is_found(berry: Berry) -> None:
    one = berry.watched()
    other = one.file.with_name("other.toml")
    text = one.file.read_text().replace("/data", "/data2").replace("/vagt.sock", "/other.sock")
    other.write_text(text)
    run(berry, 31, "--config", str(one.file))
    run(berry, 32, "--config", str(other))
    assert only(daemons(one)).id == "daemon_twice"


def test_daemons_of_other_clinics_and_other_programs_are_nobody_s_business(berry: Berry) -> None:
    one = berry.watched()
    run(berry, 31, "--config", str(one.file))
    run(berry, 32, "--config", "/nowhere/config.toml")
    berry.process(33, "sudo", "vagt", "run", "--config", str(one.file))
    berry.process(34, "/opt/vagt/current/bin/python3", "/opt/vagt/bin/vagt", "show")
    assert ids(daemons(one)) == []


def test_a_daemon_that_runs_and_answers_nobody_is_found(berry: Berry) -> None:
    one = berry.scene()
    run(berry, 31, "--config", str(one.file))
    finding = only(daemons(one))
    assert finding.id == "daemon_stuck"
    assert "pid 31 runs and answers nobody" in finding.what
    assert ids(daemons(replace(one, refused=False))) == ["daemon_stuck"]


def test_a_secret_that_others_than_root_can_read_is_found_without_its_words(berry: Berry) -> None:
    assert ids(credentials(berry.scene())) == []
    (berry.root / "etc/vagt/credentials/token").chmod(0o640)
    finding = only(credentials(berry.scene()))
    assert finding.id == "credential_open"
    assert "it has mode 0640" in finding.what
    assert "secret\n" not in str(finding)


def test_a_secret_that_systemd_hands_on_is_looked_for_where_it_is_kept(berry: Berry) -> None:
    one = berry.scene()

    def keyed(name: str) -> list[Finding]:
        patients = Patients(Path(f"/run/credentials/vagt.service/secret_{name}"))
        config = structs.replace(one.config, patients=patients)
        return list(streams(replace(one, config=config)).findings)

    (berry.root / "etc/vagt/credentials/token").chmod(0o644)
    assert keyed("token") == []
    (finding,) = keyed("patients")
    assert finding.id == "secret_missing"
    assert finding.what.startswith(f"{berry.root}/etc/vagt/credentials/patients: ")


def test_a_certificate_that_systemd_hands_on_is_read_where_it_is_kept(
    berry: Berry, certificate: tuple[Path, datetime]
) -> None:
    berry.write("etc/vagt/credentials/ca", certificate[0].read_text())
    handed = Path("/run/credentials/vagt.service/secret_ca")
    assert ids(certificates(trusting(berry, handed, timedelta(days=90), certificate[1]))) == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    """Return a certificate that openssl made, and when openssl says that it ends."""
    file = tmp_path_factory.mktemp("certificates") / "made.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "90"]
    made = [*command, "-subj", "/CN=broker", "-keyout", "/dev/null", "-out", str(file)]
    subprocess.run(made, check=True, capture_output=True)
    asked = ["openssl", "x509", "-in", str(file), "-noout", "-enddate"]
    said = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    end = datetime.strptime(said, "notAfter=%b %d %H:%M:%S %Y GMT").replace(tzinfo=UTC)
    return file, end


def trusting(berry: Berry, file: Path, left: timedelta, end: datetime) -> Scene:
    """Return a clinic that trusts a certificate, so long before it ends."""
    one = berry.scene()
    server = Server("https://influx.example", "o", "b", Path("/x"), file)
    outward = structs.replace(one.config.outward, influxdb=server)
    config = structs.replace(one.config, outward=outward)
    return replace(one, config=config, now=replace(one.now, wall=(end - left).timestamp()))


@pytest.mark.parametrize(
    ("left", "found"),
    [
        (timedelta(days=30), []),
        (timedelta(days=29, hours=23), ["certificate_ending"]),
        (timedelta(), ["certificate_ending"]),
        (timedelta(seconds=-1), ["certificate_ended"]),
    ],
)
def test_a_certificate_is_found_thirty_days_before_it_ends(
    berry: Berry, certificate: tuple[Path, datetime], left: timedelta, found: list[str]
) -> None:
    file, end = certificate
    one = trusting(berry, file, left, end)
    assert ids(certificates(one)) == found
    assert f"valid until {end:%Y-%m-%d}" in certificates(one).checked[0].what


def test_of_those_trusted_the_last_counts_and_of_ours_the_first(
    berry: Berry, certificate: tuple[Path, datetime], tmp_path: Path
) -> None:
    file, end = certificate
    both = tmp_path / "both.pem"
    both.write_text(f"the root of the clinic\n{file.read_text() * 2}")
    assert ends(both.read_text()) == (end, end)
    broker = Broker("broker", certificate_file=both, key_file=both, ca_file=both)
    one = trusting(berry, both, timedelta(days=1), end)
    outward = structs.replace(one.config.outward, influxdb=None, mqtt=broker)
    found = certificates(replace(one, config=structs.replace(one.config, outward=outward)))
    assert ids(found) == ["certificate_ending"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
    ],
)
def test_a_file_without_a_certificate_is_found(berry: Berry, tmp_path: Path, text: str) -> None:
    file = tmp_path / "none.pem"
    file.write_text(text)
    one = trusting(berry, file, timedelta(), datetime(2027, 1, 1, tzinfo=UTC))
    assert ids(certificates(one)) == ["certificate_none"]
    file.unlink()
    assert ids(certificates(one)) == ["certificate_none"]


def test_a_certificate_cut_anywhere_is_none_and_breaks_nothing(
    certificate: tuple[Path, datetime],
) -> None:
    lines = certificate[0].read_text().splitlines()
    for count in range(len(lines) - 2):
        cut = "\n".join([lines[0], *lines[1 : 1 + count], lines[-1]])
        with pytest.raises(ValueError, match=r".+"):
            ends(cut)
