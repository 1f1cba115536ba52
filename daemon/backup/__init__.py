"""Backups: the journal and what goes with it, copied while the daemon writes, sealed, put back."""
