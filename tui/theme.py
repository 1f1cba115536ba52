"""How a tone looks. Fills of red, yellow and cyan belong to alarms alone (IEC 60601-1-8)."""

from __future__ import annotations

from rich.style import Style

from tui.span import Tone

BACKGROUND = "#0b0f14"


def _filled(text: str, fill: str) -> Style:
    """Return a fill that stays one without colours: drawn as the reverse of its reverse."""
    return Style(color=fill, bgcolor=text, bold=True, reverse=True)


STYLES = {
    Tone.PLAIN: Style(color="#cfd6de", bgcolor=BACKGROUND),
    Tone.STRONG: Style(color="#ffffff", bgcolor=BACKGROUND, bold=True),
    Tone.QUIET: Style(color="#8b97a5", bgcolor=BACKGROUND),
    Tone.CHANNEL: Style(color="#5fd7ff", bgcolor=BACKGROUND, bold=True),
    Tone.WAVE: Style(color="#5fd7ff", bgcolor=BACKGROUND),
    Tone.WAVE_ECG: Style(color="#5fe08a", bgcolor=BACKGROUND),
    Tone.WAVE_CO2: Style(color="#f2ecc4", bgcolor=BACKGROUND),
    Tone.WAVE_RESP: Style(color="#c9d1da", bgcolor=BACKGROUND),
    Tone.WAVE_ART: Style(color="#ff9d9d", bgcolor=BACKGROUND),
    Tone.HEART: Style(color="#5fe08a", bgcolor=BACKGROUND, bold=True),
    Tone.CARBON: Style(color="#f2ecc4", bgcolor=BACKGROUND, bold=True),
    Tone.ARTERY: Style(color="#ff9d9d", bgcolor=BACKGROUND, bold=True),
    Tone.AGENT: Style(color="#e8a86a", bgcolor=BACKGROUND, bold=True),
    Tone.NITROUS: Style(color="#9db4ff", bgcolor=BACKGROUND, bold=True),
    Tone.CHANNEL_OLD: Style(color="#4f8096", bgcolor=BACKGROUND),
    Tone.RIBBON: _filled("#0b0f14", "#c3cad3"),
    Tone.HIGH_LIT: _filled("#ffffff", "#d1001f"),
    Tone.HIGH_DARK: Style(color="#ffc9cf", bgcolor="#5a000e", bold=True),
    Tone.MEDIUM_LIT: _filled("#000000", "#ffd500"),
    Tone.MEDIUM_DARK: Style(color="#ffe98a", bgcolor="#4d4000", bold=True),
    Tone.LOW_LIT: _filled("#00171c", "#3fd0e6"),
    Tone.LOW_DARK: Style(color="#b5eff8", bgcolor="#06404a", bold=True),
}
"""Every style names its background: a segment without one paints the terminal's own."""
