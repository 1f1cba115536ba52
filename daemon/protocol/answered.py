"""What answers a question about what is kept, and is told to nobody else."""

from __future__ import annotations

from daemon.protocol.looks import Looks
from daemon.protocol.month import MonthTold
from daemon.protocol.recall import Recalled

Told = Looks | Recalled | MonthTold
