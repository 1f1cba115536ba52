# shellcheck shell=bash
# What install.sh, upgrade.sh and uninstall.sh share: to be sourced by them.
# Every step looks first whether it is done already; with --dry-run it says what it would do and does nothing.

# DESTDIR, as of make: a root of another system, where a test installs.
ROOT="${DESTDIR:-}"
OPT=$ROOT/opt/vagt
ETC=$ROOT/etc/vagt
DATA=$ROOT/var/lib/vagt
BACKUPS=$ROOT/var/backups/vagt
UNITS=$ROOT/etc/systemd/system
CONFIG=$ETC/config.toml
SERVICE=vagt.service
# shellcheck disable=SC2034  # for whoever sources this
TIMERS="vagt-report.timer vagt-backup.timer vagt-verify.timer"
# Megabytes that an environment, its packages and a backup of the journal take, with as much again.
ROOM_MB=1000
# Longer where the machine is emulated.
READY_S=${READY_S:-30}

dry=no

say() { printf '%s\n' "$*"; }

# One line: what is wrong, and how to mend it.
fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 2
}

# Do it, or say that it would be done.
run() {
    if [ "$dry" = yes ]; then
        say "would run: $*"
    else
        "$@"
    fi
}

# put SOURCE TARGET MODE [OWNER:GROUP]: lay a file where it differs from what is there.
put() {
    local owner=${4:-root:root}
    if [ -f "$2" ] && cmp -s "$1" "$2"; then
        return 0
    fi
    run install -D -m "$3" -o "${owner%:*}" -g "${owner#*:}" "$1" "$2"
}

# --- the machine -----------------------------------------------------------------------------------------------------

check_machine() {
    local machine userland codename
    machine=$(uname -m)
    userland=$(dpkg --print-architecture 2>/dev/null || echo none)
    case $machine/$userland in
        aarch64/arm64) ;;
        aarch64/armhf | armv7l/* | armv6l/*)
            fail "this is a 32-bit system ($userland): write Raspberry Pi OS (64-bit) to the card and begin again" ;;
        *) fail "this machine is $machine ($userland): Vagt is installed on a Raspberry Pi with a 64-bit system (aarch64, arm64)" ;;
    esac
    # shellcheck source=/dev/null
    codename=$(. "$ROOT/etc/os-release" && echo "${VERSION_CODENAME:-}")
    case $codename in
        bookworm | trixie) ;;
        *) fail "this system is '${codename:-unknown}': Vagt is tried on Raspberry Pi OS bookworm and trixie; write one of them to the card" ;;
    esac
    [ "$dry" = yes ] || [ "$(id -u)" = 0 ] || fail "only root may install: begin the command with sudo"
    check_clock
}

# Without a clock no certificate is valid, and no Debian list either.
check_clock() {
    local built
    built=$(cat "$RELEASE/BUILT")
    if [ "$(date +%s)" -lt "$built" ]; then
        fail "the clock says $(date +%F), before this release was made ($(date -d "@$built" +%F)): wait for the time server, or set it: sudo date -s 'YYYY-MM-DD HH:MM'"
    fi
}

check_release() {
    local wheels=("$RELEASE"/vagt-*.whl)
    if [ ! -f "${wheels[0]}" ] || [ ${#wheels[@]} != 1 ]; then
        fail "$RELEASE is no whole release: unpack vagt-VERSION-raspberrypi.tar.gz again"
    fi
    (cd "$RELEASE" && sha256sum --quiet --check SHA256SUMS >/dev/null 2>&1) ||
        fail "a file of $RELEASE is missing or was altered: unpack vagt-VERSION-raspberrypi.tar.gz again"
    WHEEL=${wheels[0]}
    VERSION=$(cat "$RELEASE/VERSION")
}

check_room() {
    local folder=$OPT free
    while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
    free=$(df -Pm "$folder" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$ROOM_MB" ] ||
        fail "$free MB are free below $folder and $ROOM_MB are needed: remove what is not needed, or take a larger card"
}

# --- what is installed -----------------------------------------------------------------------------------------------

packages() {
    local package missing=()
    while read -r package; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done < <(sed 's/#.*//; s/ //g; /^$/d' "$RELEASE/packages.txt")
    [ ${#missing[@]} -gt 0 ] || return 0
    run apt-get update -qq ||
        fail "the list of Debian packages could not be fetched: join the network, or install these by hand first: ${missing[*]}"
    run env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}" ||
        fail "these Debian packages could not be installed: ${missing[*]}: join the network, then begin again"
}

account() { # account NAME GROUPS HOME
    getent passwd "$1" >/dev/null ||
        run useradd --system --user-group --home-dir "$3" --no-create-home --shell /usr/sbin/nologin "$1"
    run usermod -aG "$2" "$1"
}

accounts() {
    account vagt dialout,audio "$DATA"
    account vagtui vagt "${DATA}ui"
    # Whoever installs may open the dashboard; others are made members by the owner.
    if [ -n "${SUDO_USER:-}" ] && [ "$SUDO_USER" != root ]; then
        run usermod -aG vagt "$SUDO_USER"
    fi
}

folders() {
    run install -d -m 755 "$OPT/releases" "$OPT/bin" "$ROOT/usr/local/bin"
    run install -d -m 750 -o root -g vagt "$ETC"
    run install -d -m 700 -o root -g root "$ETC/credentials"
    run install -d -m 750 -o vagt -g vagt "$DATA" "$DATA/reports" "$BACKUPS"
}

# An environment of its own for each version: one that is not whole, as a power cut leaves it, is made anew.
environment() {
    local place=$OPT/releases/$VERSION
    # After an upgrade of Debian itself an environment may have lost its Python.
    if [ -f "$place/whole" ] && "$place/bin/vagt" --version >/dev/null 2>&1; then
        return 0
    fi
    if [ "$dry" = yes ]; then
        say "would run: python3 -m venv $place; pip install requirements.lock${WHEELHOUSE:+ from $WHEELHOUSE} and ${WHEEL##*/} in it"
        return 0
    fi
    say "preparing Vagt $VERSION: this takes some minutes"
    rm -rf "$place"
    build "$place" || {
        rm -rf "$place"
        fail "$REASON"
    }
    touch "$place/whole"
    sync -f "$place/whole"
}

build() {
    local pip=("$1/bin/python" -m pip --disable-pip-version-check --no-input install --quiet)
    [ -z "${WHEELHOUSE:-}" ] || pip+=(--no-index --find-links "$WHEELHOUSE")
    REASON="Python's venv could not be made below $OPT: is the card full? (df -h)"
    python3 -m venv "$1" || return 1
    REASON="the Python packages could not be fetched: join the network, or name a folder that wheelhouse.sh filled on the same system (--wheelhouse FOLDER)"
    inherited "$1" || "${pip[@]}" --no-compile --only-binary :all: --require-hashes -r "$RELEASE/requirements.lock" || return 1
    REASON="Vagt itself could not be installed: is the card full? (df -h)"
    "${pip[@]}" --no-deps --no-index --force-reinstall --no-compile "$WHEEL" || return 1
    # Compiled here, on every core: where it runs it may not write.
    "$1/bin/python" -m compileall -q -j 0 "$1/lib" >/dev/null || true
    install -d "$1/release" || return 1
    (cd "$RELEASE" && cut -c 67- SHA256SUMS | xargs cp --parents -t "$1/release" SHA256SUMS) || return 1
    REASON="the Vagt that was installed does not start: send what stands above to whoever gave you this release"
    "$1/bin/vagt" --version >/dev/null
}

# The packages of the version that runs, where the new one asks for the very same: then nothing need be fetched.
inherited() {
    local from
    cmp -s "$RELEASE/requirements.lock" "$OPT/current/release/requirements.lock" || return 1
    from=$(cd "$OPT/current" && echo lib/python3.*/site-packages)
    [ -d "$1/$from" ] || return 1
    cp -a "$OPT/current/$from/." "$1/$from/"
}

# The version that runs is a link, so that going over to another is one step, and so is going back.
switch() { # switch VERSION
    run ln -sfn "releases/$1" "$OPT/current.new"
    run mv -T "$OPT/current.new" "$OPT/current"
    run ln -sfn ../current/bin/vagt "$OPT/bin/vagt"
    run ln -sfn "$OPT/bin/vagt" "$ROOT/usr/local/bin/vagt"
}

installed() { # the version that runs, or nothing
    local target
    target=$(readlink "$OPT/current" 2>/dev/null) || return 0
    [ ! -x "$OPT/current/bin/vagt" ] || printf '%s' "${target##*/}"
}

# --- the system's files ----------------------------------------------------------------------------------------------

system_files() { # system_files FOLDER: from a release as it was unpacked, or as it was kept
    local unit
    for unit in "$1"/units/*; do
        put "$unit" "$UNITS/${unit##*/}" 644
    done
    # What only another version has is not left behind.
    for unit in "$UNITS"/vagt*.service "$UNITS"/vagt*.timer; do
        if [ -f "$unit" ] && [ ! -f "$1/units/${unit##*/}" ]; then
            run systemctl disable --now "${unit##*/}" || true
            run rm -f "$unit"
        fi
    done
    put "$1/files/udev.rules" "$ROOT/etc/udev/rules.d/61-vagt.rules" 644
    put "$1/files/modules.conf" "$ROOT/etc/modules-load.d/vagt.conf" 644
    put "$1/files/journald.conf" "$ROOT/etc/systemd/journald.conf.d/vagt.conf" 644
    run systemctl daemon-reload
    # systemd allows the daemon a class of devices only if the driver is loaded when the daemon starts.
    run modprobe --all --quiet usbserial cdc_acm || true
}

configuration() { # configuration SKELETON
    [ -f "$CONFIG" ] || put "$1" "$CONFIG" 640 root:vagt
}

check_configuration() { # check_configuration VAGT
    [ "$dry" = no ] || return 0
    "$1" check "$CONFIG" >/dev/null ||
        fail "$CONFIG has the errors above: mend them (sudoedit $CONFIG), then begin again"
}

# --- the daemon ------------------------------------------------------------------------------------------------------

# Whoever is anaesthetised or watched just now; nothing when nobody answers.
watched() {
    "$OPT/bin/vagt" case list --json 2>/dev/null |
        grep -oE '"state":"(preop|anaesthesia|ended|recovery|late_recovery|readings_before|given|readings_after)"' |
        head -n 1
}

nobody_watched() {
    if [ "$dry" = no ] && [ -n "$(watched)" ]; then
        fail "a patient is being watched: wait until the case is over, then begin again"
    fi
}

# Started, and ready within the time: systemd hears of that from the daemon itself.
start() {
    if [ "$dry" = yes ]; then
        say "would run: systemctl restart $SERVICE, and wait $READY_S s at most until it is ready"
        return 0
    fi
    timeout "$READY_S" systemctl restart "$SERVICE" && systemctl is-active --quiet "$SERVICE"
}
