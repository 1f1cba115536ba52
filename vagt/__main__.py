"""`python -m vagt`: the same as the `vagt` command."""

from __future__ import annotations

import sys

from vagt.main import main

sys.exit(main())
