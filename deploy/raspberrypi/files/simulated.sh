#!/bin/bash
# The monitors of simulated.toml; it ends when one of them does, and systemd begins again.
set -eu
links=/run/vagt-simulated
mkdir -p "$links" # systemd has made it, as RuntimeDirectory; others have not
for protocol in nonin-df2 capnostat5; do
    /opt/vagt/bin/vagt simulate "$protocol" --link "$links/$protocol" &
done
wait -n
