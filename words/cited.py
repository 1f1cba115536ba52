"""What the sources of rules say beside the names of documents and of their parts, in English.

A screen finds these in the text of a source and says them in its own language.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CITED: Mapping[str, str] = MappingProxyType(
    {
        "cited.chapter": "chapter {number}",
        "cited.services": "services {number}",
        "cited.services_both": "services {number} and {other}",
        "cited.service": "service {number}",
        "cited.pages": "pp. {number}",
        "cited.page": "p. {number}",
        "cited.equipment": "Apparatur and Utensilier",
        "cited.title": "title and Undersøgelse/behandling",
        "cited.proposal": "product proposal",
        "cited.hold": "that it is a hold",
        "cited.notice": "that it is a notice",
        "cited.valid_s": "a valid number in the last {number} s",
        "cited.valid_min": "a valid number in the last {number} min",
        "cited.breath": "that the monitor speaks before the first breath",
        "cited.relaxant": "that the monitor speaks before a relaxant",
        "cited.gives": "the anaesthetist gives the anaesthetic",
        "cited.mask": "by mask always with gas",
        "cited.intravenous": "sedation is with intravenous medicine",
        "cited.nitrous": "nitrous oxide and oxygen by mask stand in 3021 and 3022 alone",
        "cited.therefore": "that it is therefore not allowed",
        "cited.unnamed": "sedation is not named",
    }
)
