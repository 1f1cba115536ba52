"""How many points are sent at once: fewer where they are too many, slowly more again."""

from __future__ import annotations

MOST = 1_000
"""InfluxDB does best with 5,000 lines (documentation, Optimize writes); but a batch is written and
zipped where alarms are judged, which is not to wait for it."""
LEAST = 1
STEP = 100


class Size:
    """How many rows the next batch has."""

    def __init__(self) -> None:
        self.rows = MOST

    def taken(self) -> None:
        """Let the next batch be a little larger: this one was taken."""
        self.rows = min(MOST, self.rows + max(STEP, self.rows // 10))

    def halve(self, sent: int) -> None:
        """Let the next batch have half of the rows that were too many."""
        self.rows = max(LEAST, min(self.rows, sent) // 2)
