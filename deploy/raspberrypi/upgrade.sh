#!/bin/bash
# Go over to the release that lies here: backs up, changes over, and goes back by itself when the new daemon is not ready.
set -euo pipefail

RELEASE=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=steps.sh
. "$RELEASE/steps.sh"

usage() {
    cat <<'USAGE'
sudo ./upgrade.sh [option ...]
  --dry-run             say what would be done and do nothing
  --wheelhouse FOLDER   Python packages from a folder that wheelhouse.sh filled: no network is needed
USAGE
}

while [ $# -gt 0 ]; do
    case $1 in
        --dry-run) dry=yes ;;
        --wheelhouse)
            [ $# -gt 1 ] || fail "$1 needs a folder behind it: see ./upgrade.sh --help"
            WHEELHOUSE=$2
            shift ;;
        --help) usage && exit 0 ;;
        *) fail "$1 is unknown: see ./upgrade.sh --help" ;;
    esac
    shift
done

# Everything that can be refused is refused while the old daemon still watches.
check_release
check_machine
old=$(installed)
[ -n "$old" ] || fail "no Vagt is installed here: begin with install.sh"
[ "$old" != "$VERSION" ] || fail "Vagt $VERSION is installed already: nothing was changed"
check_room
packages
folders
environment
new=$OPT/releases/$VERSION/bin/vagt
check_configuration "$new"
nobody_watched

backup=$BACKUPS/before-$VERSION-$(date -u +%Y%m%dT%H%M%SZ).vagt

copy() {
    [ -f "$DATA/journal.db" ] || return 0
    # A journal whose chain is broken is copied too, and says so with 1.
    run runuser -u vagt -- "$OPT/releases/$old/bin/vagt" backup --plain -o "$backup" --config "$CONFIG" ||
        [ -f "$backup" ] ||
        {
            systemctl start "$SERVICE" || true
            fail "no backup could be made, so nothing was changed: Vagt $old is on watch again"
        }
}

# The journal is only put back if the new daemon wrote nothing to it: `vagt restore` refuses otherwise, and the old
# daemon reads what the new one wrote, for schemas only ever gain.
back() {
    say "Vagt $VERSION was not ready in $READY_S s: going back to $old"
    journalctl -u "$SERVICE" -n 20 --no-pager 2>/dev/null || true
    systemctl stop "$SERVICE" || true
    switch "$old"
    system_files "$OPT/releases/$old/release"
    if start; then
        fail "Vagt $old is on watch again, with everything that was recorded; $VERSION was not taken"
    fi
    systemctl stop "$SERVICE" || true
    if [ -f "$backup" ] && runuser -u vagt -- "$OPT/bin/vagt" restore "$backup" --config "$CONFIG" && start; then
        fail "Vagt $old is on watch again, with the journal as it was before; $VERSION was not taken"
    fi
    fail "neither $VERSION nor $old is ready: watch the patients by the monitors alone, and call whoever helps you; the journal is in $DATA, its copy is $backup"
}

run systemctl stop "$SERVICE"
copy
switch "$VERSION"
system_files "$RELEASE"
start || back
# shellcheck disable=SC2086  # a list of words
run systemctl enable --now $TIMERS
if systemctl is-enabled --quiet vagt-dashboard.service >/dev/null 2>&1; then
    run systemctl restart vagt-dashboard.service
fi

# The version before stays, to go back to by hand; older ones go.
for place in "$OPT"/releases/*; do
    case ${place##*/} in
        "$VERSION" | "$old" | '*') ;;
        *) run rm -rf "$place" ;;
    esac
done
say "Vagt $VERSION is on watch (before: $old)"
