"""The answers to what is asked and alters no case; each carries the `id` of its request."""

from __future__ import annotations

from daemon.protocol.export import Exported
from daemon.protocol.looks import Looks
from daemon.protocol.month import MonthTold
from daemon.protocol.recall import Recalled
from daemon.protocol.trend import Trend

Found = Looks | Recalled | Trend | MonthTold | Exported
