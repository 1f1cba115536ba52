"""`vagt doctor`: what is wrong with ports, daemon, clock and disk, and how to mend it."""
