"""The journal: append-only, hash-chained, replayed at start."""
