"""What speaks against something that was said of the practice, and the way on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

AGAINST: Mapping[str, str] = MappingProxyType(
    {
        "against.no_list": "there is no list {what}; there are {expected}",
        "against.no_row": "{list} has no row {what}",
        "against.row_twice": "a row is named twice: name each once",
        "against.unexplained": "{rows}: write why it is not done",
        "against.always": "{rows}: always applies; mark it done or failed",
        "against.row_astray": "{rows}: not about {what}, but about {expected}",
        "against.row_nowhere": "{rows}: not about {what}, and about nothing here",
        "against.stranger": "{by} is not of the practice on {day}; known: {expected}",
        "against.list_astray": "{list} is not about {what}, but about {expected}",
        "against.list_nowhere": "{list} is not about {what}, and about nothing here",
        "against.unmarked": "{list}, {what}: nothing is answered yet; mark its rows first",
        "against.signed": "{list}, {what}: signed by {by}, and nothing is new",
        "against.stale": "failed on an earlier day, look again: {rows}",
        "against.unanswered": "not answered yet: {rows}",
        "against.unmet": "not done: {rows}; nobody signs before that",
        "against.no_clinic": "there is no clinic {what}; there are {expected}",
        "against.no_place": "no place is called {what}; there are {expected}",
        "against.no_places": "no place is called {what}: write a kit or a clinic in the settings",
        "against.no_entry": "there is no entry {what}, or it is too old to be taken back",
        "against.countered": "entry {what} is taken back already, by entry {entry}",
        "against.no_tare": "the tare of {cylinder} is not known: enter its label again, with tare",
        "against.below_tare": "{kg} kg is below the tare of {cylinder}, {most} kg: weigh it whole",
        "against.too_heavy": "{cylinder} weighs at most {most} kg, and not {kg} kg: weigh it again",
        "against.no_pressure": "{bar} bar is no pressure of a gauge: read it again",
        "against.too_full": (
            "{cylinder} is filled to {most} bar, not {bar} bar: read the gauge again"
        ),
        "against.gauged": "{cylinder} holds {gas}: its gauge says whether it is full; read it",
        "against.not_weighed": "{cylinder} holds {gas}, which is not weighed: read its gauge",
        "against.no_expiry": "{day} is more than {years} years from today: read the label again",
        "against.no_gas": "no cylinder of {gas} stands at {place}; one stands at {expected}",
        "against.no_gas_yet": "no cylinder of {gas} is entered yet: enter the label of one first",
        "against.no_cylinder": "there is no cylinder {cylinder}; there are {expected}",
        "against.no_cylinder_yet": "there is no cylinder {cylinder}: enter its label first",
        "against.relabelled": "{cylinder} is entered with another label: is it another cylinder?",
        "against.too_many": "pack {pack} has {left} left, and not {count}: count it",
        "against.too_many_closed": "pack {pack} has {left} closed, and not {count}: count it",
        "against.too_many_cold": (
            "pack {pack} has {left} in the refrigerator, and not {count}: count it"
        ),
        "against.no_pack": "there is no pack {pack}; near it are {expected}",
        "against.no_packs": "there is no pack {pack}: none is taken in yet",
        "against.pack_there": "the pack is here already, as {pack} at {place}: count or move that",
        "against.suspect": "{code} is not in the table of ATC codes: read it again",
        "against.meant": "{code}: a letter stands for a digit or the reverse; {expected} was meant",
        "against.by_code": (
            "{item} counts as {expected} by {code}: is it that, in that strength? "
            "else leave the code out"
        ),
        "against.other_signer": "{by} does not sign {list}; that is for {expected}",
        "against.other_role": "{by} does not answer {rows}; that is for {expected}",
        "against.came_expired": "lot {lot} expired on {day}: it counts for nothing",
        "against.uncounted": "{item} counts for no row of the stock: take it in by a row's name",
        "against.recalled": "pack {pack}, lot {lot}, is recalled: do not use it",
        "against.past": "pack {pack}, lot {lot}, is past its time: do not use it",
        "against.doubtful": "{code} is easily taken for another: is it the one?",
        "against.other_ware": "{item} is another kind of thing: mend the kind or the item",
        "against.other_code": "{code} is not {item}, which is {expected}: mend either",
        "against.no_item": "the minimum stock has no row {item}: write a name in words",
        "against.other_item": "the article is {item} on pack {pack}: read the label again",
        "against.other_expiry": "lot {lot} expires {day} on pack {pack}: look at both",
        "against.lot_number": "lot {lot} may be lot {read} with a number behind it: is it the lot?",
        "against.again": "lot {lot} of {item} was taken in today as pack {pack}: is this another?",
        "against.misread": "the article number fails its check digit: scan the pack again",
        "against.no_device": "there is no device {device}; there are {expected}",
        "against.no_device_yet": "there is no device {device}: register it first",
        "against.out_already": "{device} is out of use already: {reason}",
        "against.in_already": "{device} is in use already",
        "against.out": "{device} is out of use: {reason}; put it in use again first",
        "against.amiss": "{device} has failed its check: write what is wrong",
        "against.to_come": "{day} is still to come: when was {device} serviced?",
        "against.due_asked": "{device}: write when it is to be serviced next",
        "against.due_before": "the next service, {due}, is not after this one, {day}",
        "against.registered": "{make} {serial} is registered as {device}: read the number again",
        "against.far": "{day} is more than {years} years from today: mend the date",
        "against.late": "it is of {day}, an earlier day: write why it is entered late",
        "against.not_come": "{when} has not come yet: write a time that has been",
        "against.too_old": "{when} is too long ago: write a day at most {days} days ago",
    }
)
"""`{name}` marks a field; a translation has exactly the same fields."""
