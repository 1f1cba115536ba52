"""Everything that looks after the cases of one daemon, made once and joined."""

from __future__ import annotations

from collections.abc import Callable

from daemon.assignment import Assignments
from daemon.charting import Charting
from daemon.checkbook import Checkbook, load
from daemon.config import Config
from daemon.daylist import DayLists
from daemon.demands import Demands
from daemon.entering import Entering
from daemon.following import Following
from daemon.gatekeeper import Gatekeeper
from daemon.injecting import Injecting
from daemon.judging import Judging, grace
from daemon.library import Library
from daemon.limiting import Limiting
from daemon.opening import Opening
from daemon.picture import Picture, Station
from daemon.practising import Practising
from daemon.pulse import Pulse
from daemon.reaching import Reaching
from daemon.recording import Recording
from daemon.rounds import Rounds
from daemon.signalling import Signalling
from daemon.terminals import Terminals
from daemon.ward import Ward


class Desk:
    """What commands, clients and the beat of the daemon turn to."""

    def __init__(
        self,
        config: Config,
        library: Library,
        picture: Picture,
        ward: Ward,
        replug: Callable[[Station], None],
        book: Checkbook | None = None,
    ) -> None:
        """Join them; without a book, checklists are those that ship."""
        grace_s = grace(config, library)
        demands = Demands(library)
        injecting = Injecting(config, library, picture, ward)
        gatekeeper = Gatekeeper(library, demands, picture, ward, injecting)
        judging = Judging(library, demands, ward, injecting, grace_s)
        same_limb = frozenset(bed.name for bed in config.beds if bed.same_limb)
        following = Following(picture, ward, library, same_limb)
        charting = Charting(library, picture, ward, gatekeeper, judging)
        self.ward = ward
        self.gatekeeper = gatekeeper
        self.pulse = Pulse(picture, ward, library, grace_s, following, charting)
        self.rounds = Rounds(library, ward, gatekeeper, charting, following, self.pulse.tell)
        self.terminals = Terminals()
        self.reaching = Reaching(library.reach, ward, self.terminals, self.pulse.tell)
        self.assignments = Assignments(config, picture, ward, self.pulse, replug)
        self.opening = Opening(config, library, ward)
        self.entering = Entering(config, library, ward, self.pulse, self.assignments, gatekeeper)
        self.lists = DayLists(config, library, self.opening, ward, self.pulse)
        self.signalling = Signalling(config, library, ward)
        self.limiting = Limiting(config, library, ward, self.pulse, demands)
        self.recording = Recording(ward, library, following.arrived)
        self.pulse.noted = self.recording.note
        self.practising = Practising(config, library, book or load(), picture, ward)
        self._place()

    def _place(self) -> None:
        """Let everybody know of the clinic of the day what is to be known of it."""
        said = self.practising
        self.pulse.gases, self.gatekeeper.kit = said.gases, said.kit
        self.opening.site, self.signalling.phone = said.code, said.phone
