#!/bin/bash
# Take Vagt off this machine. What it recorded, the configuration, secrets and backups stay where they are.
set -euo pipefail

RELEASE=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=steps.sh
. "$RELEASE/steps.sh"

while [ $# -gt 0 ]; do
    case $1 in
        --dry-run) dry=yes ;;
        --help) say 'sudo ./uninstall.sh [--dry-run]' && exit 0 ;;
        *) fail "$1 is unknown: see ./uninstall.sh --help" ;;
    esac
    shift
done

[ "$dry" = yes ] || [ "$(id -u)" = 0 ] || fail "only root may do this: begin the command with sudo"
nobody_watched

for unit in "$RELEASE"/units/*; do
    unit=${unit##*/}
    [ -f "$UNITS/$unit" ] || continue
    run systemctl disable --now "$unit" || true
    run rm -f "$UNITS/$unit"
done
run rm -rf "$UNITS/$SERVICE.d"
for file in udev/rules.d/61-vagt.rules modules-load.d/vagt.conf systemd/journald.conf.d/vagt.conf; do
    run rm -f "$ROOT/etc/$file"
done
run systemctl daemon-reload
if command -v udevadm >/dev/null; then run udevadm control --reload; fi
run rm -f "$ROOT/usr/local/bin/vagt"
run rm -rf "$OPT"
say "Vagt is taken off; $ETC, $DATA and $BACKUPS are as they were, and so are the users vagt and vagtui"
say "that is health data and must be kept as long as the law says: see docs/backup.md before the card is given away"
