#!/bin/bash
# The monitors of simulated.toml; it ends when one of them does, and systemd begins again.
set -eu
for protocol in nonin-df2 capnostat5; do
    /opt/vagt/bin/vagt simulate "$protocol" --link "/run/vagt-simulated/$protocol" &
done
wait -n
