"""How a device of each protocol is joined to the Raspberry Pi.

Plugs and menus at the device, and from whom this is known: docs/monitors.md, whose last column says
the same.
"""

from __future__ import annotations

_WIRED = {
    ("nonin", "nonin-df1", "nonin-df2", "nonin-df7", "nonin-df8", "nonin-df13"): (
        "USB cable by Nonin (FTDI 0403:6001), or Bluetooth serial; levels of a bare "
        "board: see its manual"
    ),
    ("nonin-text",): "USB adapter; which plug: see the monitor's manual",
    ("masimo-ascii1",): "USB adapter, null modem",
    ("nellcor",): "USB adapter; which plug: see the monitor's manual",
    ("contec-old", "contec-new"): "USB",
    ("berry",): "USB; levels of a bare module: ask the maker",
    ("capnostat5",): "USB adapter of the same level; the module needs its own supply",
    ("phasein",): "USB adapter",
    ("capnostream",): "USB adapter; which plug: see the monitor's manual",
    ("ivy450c",): "USB adapter",
    ("healthypi-v4", "healthypi-v5"): "USB, or plugged on the Pi (v4)",
    ("suntech",): "adapter of the same level. Results are asked for; no cuff is ever inflated",
    ("dinamap",): "USB adapter",
    ("ge-dri",): (
        "USB adapter, all of 2, 3, 5, 7, 8: straight, to the older null modem with RTS "
        "and CTS crossed"
    ),
    ("medibus",): (
        "USB adapter; straight for Apollo, Cicero, Julian, Primus, Vamos, null modem for "
        "Fabius, Zeus, Perseus (one program's table). No software flow control"
    ),
    ("modbus",): "USB to RS-485 adapter with termination and bias, or the network",
}

WIRING = {name: text for names, text in _WIRED.items() for name in names}
"""By protocol."""
