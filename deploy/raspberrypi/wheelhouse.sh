#!/bin/bash
# Fill a folder with the Python packages of this release, on a machine with a network and the same system as the Pi's:
# install.sh and upgrade.sh take them from there with --wheelhouse.
set -euo pipefail

RELEASE=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=steps.sh
. "$RELEASE/steps.sh"

case ${1:--} in
    -*) fail "name the folder to be filled: ./wheelhouse.sh FOLDER" ;;
esac
check_release
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
python3 -m venv "$tools" || fail "Python's venv is missing: sudo apt-get install python3-venv"
"$tools/bin/python" -m pip --disable-pip-version-check --no-input download --quiet --only-binary :all: \
    --require-hashes -r "$RELEASE/requirements.lock" -d "$1" ||
    fail "the packages could not be fetched: join the network, then begin again"
say "$1: $(find "$1" -name '*.whl' | wc -l) packages for $(uname -m), Python $(python3 -c 'import platform; print(platform.python_version())')"
