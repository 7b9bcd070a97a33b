"""Small pieces of drawn text: mentions, channels, links, dates, emoji; everything of others is escaped."""

from urllib.parse import urlsplit

from markupsafe import Markup, escape

from sandbox.page.dates import date_words
from sandbox.page.reader import Reader

BROADCASTS = ("here", "channel", "everyone")
# The shortcodes people type most; Slack sends others as words between colons.
EMOJI = {
    "+1": "👍",
    "-1": "👎",
    "bell": "🔔",
    "eyes": "👀",
    "fire": "🔥",
    "heavy_check_mark": "✔️",
    "joy": "😂",
    "large_blue_circle": "🔵",
    "lock": "🔒",
    "mega": "📣",
    "pushpin": "📌",
    "red_circle": "🔴",
    "rocket": "🚀",
    "rotating_light": "🚨",
    "smile": "😄",
    "tada": "🎉",
    "test_tube": "🧪",
    "thumbsup": "👍",
    "warning": "⚠️",
    "wave": "👋",
    "white_check_mark": "✅",
    "x": "❌",
}


def mention(reader: Reader, user_id: str, label: str = "") -> Markup:
    """A person as a mention, marked when it is the reader."""
    known = reader.workspace.people.get(user_id)
    name = known.real_name if known else (label or user_id)
    mine = " me" if user_id == reader.person.id else ""
    return Markup('<span class="mention{}">@{}</span>').format(mine, name)


def broadcast(name: str) -> Markup:
    """`@here` and its like."""
    return Markup('<span class="mention me">@{}</span>').format(name)


def group(reader: Reader, group_id: str, label: str = "") -> Markup:
    """A user group as a mention."""
    known = reader.workspace.user_groups.get(group_id)
    mine = " me" if known and reader.person.id in known["users"] else ""
    handle = known["handle"] if known else label.removeprefix("@") or group_id
    return Markup('<span class="mention{}">@{}</span>').format(mine, handle)


def channel(reader: Reader, channel_id: str, label: str = "") -> Markup:
    """A link to a channel; one the reader may not see is only called private."""
    known = reader.channel(channel_id)
    if known is None:
        hidden = channel_id in reader.workspace.channels
        return Markup('<span class="mention">{}</span>').format("🔒 private channel" if hidden else f"#{label}")
    return Markup('<a class="mention" href="{}">{}</a>').format(reader.place_of(known), reader.label_of(known))


def link(reader: Reader, url: str, words: str | Markup = "") -> Markup:
    """A link in a new tab; addresses of this workspace stay in the page, others than web and mail are plain words."""
    if url.startswith(f"{reader.workspace.base_url}/archives/"):
        path = url.removeprefix(reader.workspace.base_url)
        return Markup('<a href="{}">{}</a>').format(f"{reader.root}{path}", words or url)
    if urlsplit(url).scheme not in {"http", "https", "mailto", "tel"}:
        return Markup("{}").format(words or url)
    shown = words or url.removeprefix("mailto:").removeprefix("tel:")
    return Markup('<a href="{}" rel="noreferrer noopener" target="_blank">{}</a>').format(url, shown)


def date(reader: Reader, *, timestamp: int, form: str, fallback: str = "", url: str = "") -> Markup:
    """A moment in the reader's zone, with its fallback where the form is unknown."""
    words = date_words(timestamp, form, zone=reader.zone, now=reader.now())
    drawn = Markup("<time>{}</time>").format(words if words is not None else fallback)
    return link(reader, url, drawn) if url else drawn


def emoji(name: str, unicode: str = "") -> Markup:
    """An emoji as its character; one nobody knows stays between colons."""
    if unicode:
        try:
            return escape("".join(chr(int(part, 16)) for part in unicode.split("-")))
        except ValueError:
            return escape(f":{name}:")
    return escape(EMOJI.get(name.partition("::")[0], f":{name}:"))


def broken(text: str) -> Markup:
    """Escaped text whose line ends are shown."""
    return Markup("<br>").join(text.split("\n"))
