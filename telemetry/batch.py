"""How many points are sent at once: fewer where they are too many, slowly more again."""

from __future__ import annotations

MOST = 5_000
"""InfluxDB recommends batches of 5,000 lines (documentation, Optimize writes)."""
LEAST = 1
STEP = 100


class Size:
    """How many rows the next batch has."""

    def __init__(self) -> None:
        self.rows = MOST

    def taken(self) -> None:
        """Let the next batch be a little larger: this one was taken."""
        self.rows = min(MOST, self.rows + max(STEP, self.rows // 10))

    def halve(self) -> bool:
        """Let the next batch have half the rows; tell whether it can."""
        if self.rows == LEAST:
            return False
        self.rows = max(LEAST, self.rows // 2)
        return True
