"""How what points at a person is recognised: e-mail, telephone, card and IP addresses."""

import re
from collections.abc import Iterable, Iterator

from bot.privacy.kinds import SensitiveKind
from bot.privacy.rules import Rule, Span
from bot.privacy.validators import is_card, is_personal_ipv4, is_personal_ipv6, is_phone

# Slack writes addresses and numbers people type as <mailto:…|…> and <tel:…|…>.
_MAILTO = re.compile(r"<mailto:[^<>\n\x00]{3,640}>")
_TEL = re.compile(r"<tel:[^<>\n\x00]{3,128}>")

_EMAIL = re.compile(
    r"(?<!\w)(?P<local>\w[\w.+'-]{0,127}+)(?:@|%40|&\#64;|\s?[\[(]\s?at\s?[\])]\s?)"
    r"(?P<domain>(?:[\w-]{1,63}(?:\.|\s?[\[(]dot[\])]\s?)){1,8}(?:xn--[\w-]{2,59}|[^\W\d_]{2,24}))",
    re.IGNORECASE,
)
_VERSION_DOMAIN = re.compile(r"v?\d+\.\d")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")

_CARD_RUN = re.compile(r"(?<![\w+])\d(?:[ .-]?\d){12,}")
_DIGITS = re.compile(r"\d+")
_CARD_DIGITS = range(13, 20)
_CARD_GROUP = 4
_CARD_LONGEST_GROUP = 6

_IPV4 = re.compile(r"(?<![\w.])\d{1,3}(?P<dot>\.|\[\.\]|\(\.\))\d{1,3}(?P=dot)\d{1,3}(?P=dot)\d{1,3}(?!\w|\.\d)")
_IPV6 = re.compile(r"(?<![\w:.])(?:[0-9a-f]{1,4}:|::)[0-9a-f:.]{1,41}+(?:%\w{1,15})?(?!\w)", re.IGNORECASE)
_VERSION_BEFORE = re.compile(
    r"(?:\bv|\bver\.?|\bversions?|\breleased?|\bbuild|\boid|\bupgraded? (?:from|to)"
    r"|\bversions? \S{1,20} (?:to|and|or|->)|[a-z]-"
    r"|\b(?:chrome|chromium|firefox|safari|edge?|opr|opera|version|crios)/?"
    r"|[\w-](?<!ip)(?<!addr)(?<!host)(?<!client)(?<!remote)(?<!src)(?<!dst)==|[<>~]=)[\s:=]{0,2}$",
    re.IGNORECASE,
)
_VERSION_AFTER = re.compile(
    r"-(?:rc|alpha|beta|snapshot|dev|build|el\d|\d+[a-z~+])|\.(?:tgz|tar|zip|jar|whl|deb|rpm)", re.IGNORECASE
)
_CONTEXT = 48

_PLUS_PHONE = re.compile(r"(?<![\w+])\+\s?(?P<number>[1-9(][\d ()./-]{6,24})")
_ZERO_PHONE = re.compile(r"(?<![\w.+-])00(?P<number>[1-9]\d{0,2}[ -][\d ().-]{6,22})")
_US_PHONE = re.compile(r"(?<![\w.+-])(?:1[-. ])?(?:\([2-9]\d\d\)\s?|[2-9]\d\d[-.])[2-9]\d\d[-.]\d{4}(?![\w-]|\.\d)")
_LABELLED_PHONE = re.compile(
    r"\b(?:tel|telephone|phone|mobile|cell|whatsapp|fax)(?:\s(?:no|nr|number))?\.?"
    r"(?P<sure>\s?[:=]|\snumber|\sno)?\s{0,2}(?P<number>[(\d][\d ()/-]{5,20}\d)(?![\w.:-])",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NATIONAL_DIGITS = range(7, 16)


def _whole(match: re.Match[str]) -> Iterable[Span]:
    yield match.span()


def _email(match: re.Match[str]) -> Iterable[Span]:
    domain = match["domain"].lower()
    repository = match["local"].lower() == "git"
    if not repository and not _VERSION_DOMAIN.match(domain) and not domain.endswith(_PICTURES):
        yield match.span()


def _cards(match: re.Match[str]) -> Iterator[Span]:
    groups = [group.span() for group in _DIGITS.finditer(match.string, *match.span())]
    place = 0
    while place < len(groups):
        size = _card_at(match.string, groups[place : place + 8])
        if size:
            yield groups[place][0], groups[place + size - 1][1]
        place += size or 1


def _card_at(text: str, groups: list[Span]) -> int:
    """How many of `groups`, from the first, make a card number; 0 when none do."""
    for size in range(len(groups), 0, -1):
        parts = [text[start:end] for start, end in groups[:size]]
        usual = size == 1 or (len(parts[0]) == _CARD_GROUP and max(map(len, parts)) <= _CARD_LONGEST_GROUP)
        digits = "".join(parts)
        end = groups[size - 1][1]
        closed = not text[end : end + 1].isalnum()
        if usual and closed and len(digits) in _CARD_DIGITS and is_card(digits):
            return size
    return 0


def _ipv4(match: re.Match[str]) -> Iterable[Span]:
    before = match.string[max(0, match.start() - _CONTEXT) : match.start()]
    if _VERSION_BEFORE.search(before) or _VERSION_AFTER.match(match.string, match.end()):
        return
    if is_personal_ipv4(match[0].replace(match["dot"], ".")):
        yield match.span()


def _ipv6(match: re.Match[str]) -> Iterable[Span]:
    found = match[0]
    for address in (found, found.rstrip("."), found.removesuffix(":").rstrip(".")):
        if is_personal_ipv6(address):
            yield match.start(), match.start() + len(address)
            return


def _phone(match: re.Match[str]) -> Iterable[Span]:
    """Take out the longest run of groups that is a number: what follows it may be digits too."""
    start, end = match.span("number")
    groups = [group.span() for group in _DIGITS.finditer(match.string, start, end)]
    parts = ["" if match.string[a - 1 : b + 1] == "(0)" else match.string[a:b] for a, b in groups]
    for size in range(len(groups), 0, -1):
        single = sum(len(part) == 1 for part in parts[1:size])
        if single <= 1 and is_phone("".join(parts[:size])):
            yield match.start(), groups[size - 1][1]
            return


def _labelled_phone(match: re.Match[str]) -> Iterable[Span]:
    number = match["number"]
    digits = sum(char.isdigit() for char in number)
    sure = match["sure"] or number[0] in "0("
    if sure and digits in _NATIONAL_DIGITS and not _DATE.match(number):
        yield match.span("number")


_EMAIL_HINTS = ("@", "%40", "&#64;", "[at", "(at", "[ at", "( at")

PERSON_RULES = (
    Rule(kind=SensitiveKind.EMAIL, pattern=_MAILTO, hints=("<mailto:",)),
    Rule(kind=SensitiveKind.PHONE, pattern=_TEL, hints=("<tel:",)),
    Rule(kind=SensitiveKind.EMAIL, pattern=_EMAIL, hints=_EMAIL_HINTS, spans=_email),
    Rule(kind=SensitiveKind.CARD, pattern=_CARD_RUN, spans=_cards),
    Rule(kind=SensitiveKind.IP, pattern=_IPV6, hints=(":",), spans=_ipv6),
    Rule(kind=SensitiveKind.IP, pattern=_IPV4, hints=(".",), spans=_ipv4),
    Rule(kind=SensitiveKind.PHONE, pattern=_PLUS_PHONE, hints=("+",), spans=_phone),
    Rule(kind=SensitiveKind.PHONE, pattern=_ZERO_PHONE, hints=("00",), spans=_phone),
    Rule(kind=SensitiveKind.PHONE, pattern=_US_PHONE, hints=("-", "."), spans=_whole),
    Rule(
        kind=SensitiveKind.PHONE,
        pattern=_LABELLED_PHONE,
        hints=("tel", "phone", "mobile", "cell", "whatsapp", "fax"),
        spans=_labelled_phone,
    ),
)
