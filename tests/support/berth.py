"""A machine for the installer's scripts: their files in a folder, its programs in shims.

What a script asks of the system (accounts, packages, units, Python) is answered and written down;
what it does itself (folders, files, links) is done for real, below one folder. That Python's own
tools install the real wheel is for `make pi-proof` to show.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from checkout import ROOT

SCRIPTS = ROOT / "deploy/raspberrypi"
BUILT = 1_790_000_000
"""2026-09-21: when the releases here were made."""
_VAGT = """#!/bin/bash
# Vagt as far as the scripts ask for it; a wheel here is this program.
echo "vagt {version} $*" >>"$DESTDIR/said"
case $1 in
    --version) echo "vagt {version}" ;;
    check) ! grep -q broken "$2" || {{ echo "vagt check: config.toml: broken" >&2; exit 2; }} ;;
    case) cat "$DESTDIR/cases" 2>/dev/null || echo '{{"cases":[]}}' ;;
    backup) touch "$4" ;;
    restore) [ ! -f "$DESTDIR/grown" ] || {{ echo "it has grown since" >&2; exit 2; }} ;;
esac
"""
SHIMS = {
    "uname": 'echo "${MACHINE:-aarch64}"',
    "dpkg": 'echo "${USERLAND:-arm64}"',
    "dpkg-query": '[ "${MISSING:-}" = "$3" ] || printf installed',
    "id": 'echo "${ASKED_BY:-0}"',
    "df": """printf 'x\n/ 30000 1 %s\n' "${FREE_MB:-9000}\"""",
    "apt-get": '[ -z "${OFFLINE:-}" ]',
    "getent": 'grep -q "^useradd.* $2\\$" "$DESTDIR/said"',
    "useradd": "",
    "usermod": "",
    "udevadm": "",
    "modprobe": "",
    "journalctl": "",
    "runuser": 'shift 3; exec "$@"',
    "install": "",
    "systemctl": "",
    "python3": "",
}
_INSTALL = """
args=()
while [ $# -gt 0 ]; do
    case $1 in -o | -g) shift ;; *) args+=("$1") ;; esac
    shift
done
exec /usr/bin/install "${args[@]}"
"""
_SYSTEMCTL = """
state=$DESTDIR/running
case $1 in
    restart | start)
        case $* in *vagt.service*)
            version=$(readlink "$DESTDIR/opt/vagt/current"); version=${version##*/}
            case " ${NEVER:-} " in *" $version "*) rm -f "$state"; exit 1 ;; esac
            touch "$state" ;;
        esac ;;
    stop) rm -f "$state" ;;
    is-active) [ -f "$state" ] ;;
    is-enabled) exit 1 ;;
esac
"""
_PYTHON = """
mkdir -p "$3/bin" "$3/lib/python3.11/site-packages"
cat >"$3/bin/python" <<'PYTHON'
#!/bin/bash
for last in "$@"; do :; done
case $last in *.whl) install -m 755 "$last" "$(dirname "$0")/vagt" ;; esac
PYTHON
chmod +x "$3/bin/python"
"""
_BODIES = {"install": _INSTALL, "systemctl": _SYSTEMCTL, "python3": _PYTHON}


@dataclass(frozen=True)
class Answer:
    """How a script ended and what it said."""

    status: int
    said: str
    faults: str


class Berth:
    """One such machine, empty at first."""

    def __init__(self, folder: Path, codename: str = "bookworm") -> None:
        self.root = folder / "root"
        self._shims = folder / "shims"
        self._folder = folder
        (self.root / "etc").mkdir(parents=True)
        (self.root / "etc/os-release").write_text(f"VERSION_CODENAME={codename}\n")
        (self.root / "said").touch()
        self._shims.mkdir()
        for name, body in SHIMS.items():
            said = f'echo "{name} $*" >>"$DESTDIR/said"\n' if name != "getent" else ""
            shim = self._shims / name
            shim.write_text(f"#!/bin/bash\n{said}{_BODIES.get(name, body)}\n")
            shim.chmod(0o755)

    def release(self, version: str) -> Path:
        """Make a release with a small Vagt in it, and return its folder."""
        folder = self._folder / f"vagt-{version}-raspberrypi"
        shutil.copytree(SCRIPTS, folder)
        (folder / f"vagt-{version}-py3-none-any.whl").write_text(_VAGT.format(version=version))
        (folder / "requirements.lock").write_text("# nothing\n")
        (folder / "VERSION").write_text(f"{version}\n")
        (folder / "BUILT").write_text(f"{BUILT}\n")
        files = sorted(file for file in folder.rglob("*") if file.is_file())
        sums = (
            f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(folder)}\n"
            for file in files
        )
        (folder / "SHA256SUMS").write_text("".join(sums))
        return folder

    def types(self, script: Path, *words: str, **environment: str) -> Answer:
        """Run one of a release's scripts."""
        path = f"{self._shims}:/usr/bin:/bin"
        told = {"PATH": path, "DESTDIR": str(self.root), "HOME": str(self._folder)}
        run = subprocess.run(
            [str(script), *words],
            capture_output=True,
            text=True,
            check=False,
            env={**told, **environment},
            cwd=self._folder,
        )
        return Answer(run.returncode, run.stdout, run.stderr)

    def said(self, word: str) -> list[str]:
        """Return what was asked of the system or of Vagt, as far as a word is in it."""
        return [line for line in (self.root / "said").read_text().splitlines() if word in line]

    def forget(self) -> None:
        """Begin a new list of what is asked."""
        accounts = self.said("useradd")
        (self.root / "said").write_text("".join(f"{line}\n" for line in accounts))

    @property
    def current(self) -> str:
        """Return the version that runs; empty while none does."""
        link = self.root / "opt/vagt/current"
        return link.readlink().name if link.is_symlink() else ""

    @property
    def running(self) -> bool:
        return (self.root / "running").exists()

    def tree(self) -> list[str]:
        """Return every file that is there, but for what this machine notes itself."""
        files = (file for file in self.root.rglob("*") if file.is_file() or file.is_symlink())
        own = {"said", "running", "cases", "grown"}
        return sorted(str(file.relative_to(self.root)) for file in files if file.name not in own)
