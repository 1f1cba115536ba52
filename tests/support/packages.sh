#!/bin/sh
# Install the Debian packages of the list given as $1 that this machine lacks.
# Root installs at once; a person at a terminal is asked; otherwise sudo must need no password.
set -eu

missing=
for package in $(sed 's/#.*//' "$1"); do
    if command -v dpkg-query >/dev/null; then
        status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$status" = installed ] || missing="$missing $package"
    else # no Debian: programs bear the packages' names, but for some
        case $package in
        influxdb) program=influxd ;;
        poppler-utils) program=pdftoppm ;;
        libpangoft2-1.0-0) program=pango-view ;;
        fonts-dejavu-core) program=fc-list ;;
        systemd) program=systemd-analyze ;;
        *) program=$package ;;
        esac
        command -v "$program" >/dev/null || missing="$missing $package"
    fi
done
[ -n "$missing" ] || exit 0

refuse() {
    echo "The tests need these Debian packages:$missing" >&2
    echo "Install them and try again: sudo apt-get install$missing" >&2
    exit 1
}

command -v apt-get >/dev/null || refuse
if [ "$(id -u)" = 0 ]; then
    as_root=
elif [ -t 0 ]; then
    printf 'The tests need these Debian packages:%s\nInstall them with sudo? [y/N] ' "$missing"
    read -r answer
    case $answer in [yY]*) as_root=sudo ;; *) refuse ;; esac
elif sudo -n true 2>/dev/null; then
    as_root='sudo -n'
else
    refuse
fi

# A server that comes with a package must not start, now or with the machine: the tests run their own.
units() {
    command -v systemctl >/dev/null || return 0
    for package in $missing; do
        case $package in
        influxdb | mosquitto | victoria-metrics)
            $as_root systemctl --quiet "$1" "$package.service" 2>/dev/null || true
            ;;
        esac
    done
}

fetch() {
    # shellcheck disable=SC2086  # both are lists of words
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends $missing </dev/null >/dev/null
}
units mask
trap 'units disable; units unmask' EXIT
# A fresh machine has no package lists yet, and old lists name versions that are gone.
fetch 2>/dev/null || { $as_root apt-get update -qq && fetch; } || refuse
