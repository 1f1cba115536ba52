"""What is worth knowing of a case and no alarm is told with the case, and told when it changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from gasrooms import room


async def test_where_the_co2_stops_the_case_says_for_how_long_and_asks(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        here.wave(0, 10)
        assert here.cases[-1].notices == ()
        assert here.cases[-1].breathless_s is None
        count = len(here.cases)
        here.wave(10, 40, (0.0,) * 4)
        asked = here.cases[-1]
        assert asked.notices == ("airway_removed",)
        assert asked.breathless_s == pytest.approx(15.0, abs=1.5)
        assert len(here.cases) == count + 1
        here.wave(40, 45)
        assert (here.cases[-1].notices, here.cases[-1].breathless_s) == ((), None)
