"""A link's page as HTML: no script, nothing fetched from anywhere, readable on a telephone at night."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from html import escape
from typing import Protocol

STYLE = """
:root { color-scheme: light dark; --ground: #f6f5f2; --ink: #1d1c1a; --soft: #5c5952; --press: #14532d; --on: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #191815; --ink: #eceae4; --soft: #aeaaa0; --press: #86d9a5; --on: #10130f; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 12vh 1.25rem 3rem; background: var(--ground); color: var(--ink);
  font: 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 32rem; margin: 0 auto; overflow-wrap: anywhere; }
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; }
p { margin: 0 0 .75rem; color: var(--soft); }
p:first-of-type { color: var(--ink); }
button { width: 100%; min-height: 3.5rem; margin-top: 1rem; padding: 0 1rem; border: 0; border-radius: .625rem;
  background: var(--press); color: var(--on); font: inherit; font-weight: 600; cursor: pointer; }
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px; }
"""

_HASH = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


class Words(Protocol):
    """What a page says, in plain words."""

    @property
    def head(self) -> str:
        """Return what carries the point."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what follows."""

    @property
    def button(self) -> str:
        """Return the label of its one button, "" for none."""


def html(page: Words) -> str:
    """Return the page as a whole document; its button posts to the address the page has."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in page.lines)
    button = f'<form method="post"><button type="submit">{escape(page.button)}</button></form>' if page.button else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{escape(page.head)}</title><style>{STYLE}</style></head>'
        f"<body><main><h1>{escape(page.head)}</h1>{lines}{button}</main></body></html>"
    )
