#!/bin/bash
# Install Vagt on Raspberry Pi OS (bookworm or trixie, 64-bit). Safe to run again: what is done already is left as it is.
set -euo pipefail

RELEASE=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=steps.sh
. "$RELEASE/steps.sh"

usage() {
    cat <<'USAGE'
sudo ./install.sh [option ...]
  --dry-run             say what would be done and do nothing
  --wheelhouse FOLDER   Python packages from a folder that wheelhouse.sh filled: no network is needed
  --simulated           a clinic with simulated monitors, to try it; never for a patient
  --dashboard "OPTIONS" the dashboard on the Pi's own screen in place of a login; OPTIONS as of `vagt show`: "--lang da"
  --sound-card OVERLAY  a sound card on the Pi's pins, by its overlay: hifiberry-dac
  --ups-pin GPIO        a UPS on the Pi's pins, which asks for an orderly end on this pin
USAGE
}

# shellcheck disable=SC2153  # of steps.sh
BOOT=$ROOT/boot/firmware/config.txt
skeleton=config.toml
simulated=no
dashboard=""
overlays=()

while [ $# -gt 0 ]; do
    case $1 in
        --dry-run) dry=yes ;;
        --simulated) simulated=yes skeleton=simulated.toml ;;
        --wheelhouse | --dashboard | --sound-card | --ups-pin)
            [ $# -gt 1 ] || fail "$1 needs a word behind it: see ./install.sh --help"
            case $1 in
                --wheelhouse) WHEELHOUSE=$2 ;;
                --dashboard) dashboard=$2 ;;
                --sound-card) overlays+=("$2") ;;
                --ups-pin) overlays+=("gpio-shutdown,gpio_pin=$2,active_low=1,gpio_pull=up") ;;
            esac
            shift ;;
        --help) usage && exit 0 ;;
        *) fail "$1 is unknown: see ./install.sh --help" ;;
    esac
    shift
done

[ -z "${WHEELHOUSE:-}" ] || [ -d "$WHEELHOUSE" ] || fail "$WHEELHOUSE is no folder: name the one that wheelhouse.sh filled"

# A pin of the Pi, a card, a UPS: lines of the firmware's configuration, which hold from the next start of the machine.
overlay() {
    grep -qxF "dtoverlay=$1" "$BOOT" 2>/dev/null && return 0
    [ "$dry" = yes ] || [ -f "$BOOT" ] || fail "$BOOT is not there: an overlay ($1) needs a Raspberry Pi"
    run sed -i "\$a\\
# by Vagt's install.sh\\
dtoverlay=$1" "$BOOT"
    say "dtoverlay=$1: holds from the next start of the machine (sudo reboot)"
}

show_on_screen() {
    local file
    file=$(mktemp)
    printf 'VAGT_SHOW=%s\n' "$dashboard" >"$file"
    put "$file" "$ETC/dashboard.env" 644
    rm -f "$file"
    run systemctl disable --now getty@tty1.service
    run systemctl enable vagt-dashboard.service
    run systemctl restart vagt-dashboard.service
}

simulate() {
    put "$RELEASE/files/simulated.conf" "$UNITS/$SERVICE.d/simulated.conf" 644
    run systemctl daemon-reload
    run systemctl enable vagt-simulated.service
    run systemctl restart vagt-simulated.service
}

check_release
check_machine
other=$(installed)
[ -z "$other" ] || [ "$other" = "$VERSION" ] || fail "Vagt $other is installed: go over to $VERSION with upgrade.sh"
check_room
packages
accounts
folders
environment
configuration "$RELEASE/files/$skeleton"
[ "$simulated" = no ] || cmp -s "$RELEASE/files/simulated.toml" "$CONFIG" || [ "$dry" = yes ] ||
    fail "$CONFIG is there already and is not the simulated clinic: put it aside first, then begin again"
check_configuration "$OPT/releases/$VERSION/bin/vagt"
switch "$VERSION"
system_files "$RELEASE"
if command -v udevadm >/dev/null; then run udevadm control --reload; fi
for overlay in "${overlays[@]}"; do overlay "$overlay"; done
if [ "$simulated" = yes ]; then
    simulate
elif ! cmp -s "$RELEASE/files/simulated.toml" "$CONFIG" && [ -f "$UNITS/$SERVICE.d/simulated.conf" ]; then
    run rm -f "$UNITS/$SERVICE.d/simulated.conf"
    run systemctl daemon-reload
fi
run systemctl enable "$SERVICE"
# shellcheck disable=SC2086  # a list of words
run systemctl enable --now $TIMERS
if [ "$dry" = yes ] || ! systemctl is-active --quiet "$SERVICE"; then
    start || fail "the daemon was not ready in $READY_S s: see why with: journalctl -u vagt -n 30"
fi
[ -z "$dashboard" ] || show_on_screen
if [ "$dry" = yes ]; then
    say "nothing was changed"
else
    say "Vagt $VERSION is installed and on watch; log in again, then: sudo vagt doctor"
fi
