"""The pages themselves: everything in them comes from this server, so that they work offline."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from words.catalogue import Words

FOLDER = Path(__file__).parent / "files"
AGAIN_S = 10
"""After so long the page that says that all screens are taken tries again."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
    "img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing from elsewhere; the terminal writes its own styles (Content Security Policy Level 3)."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def screen(words: Words) -> str:
    """Return the page that a dashboard is drawn in."""
    ended, again = words.text("browser.ended"), words.text("browser.again")
    return _filled("screen.html", words, ended=ended, again=again)


def full(words: Words, sessions: int) -> str:
    """Return the page that says that no further screen is shown."""
    text, close = words.text("browser.full", sessions=sessions), words.text("browser.close")
    return _filled("full.html", words, text=text, close=close, again=str(AGAIN_S))


def _filled(name: str, words: Words, **texts: str) -> str:
    page = Template((FOLDER / name).read_text(encoding="utf-8"))
    told = {key: escape(text) for key, text in texts.items()}
    return page.substitute(told, lang=words.language.value)
