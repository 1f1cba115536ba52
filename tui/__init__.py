"""The dashboard: a separate program, a client of the daemon's socket."""
