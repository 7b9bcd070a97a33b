"""How credentials are recognised: keys, tokens, assignments, headers, addresses that carry a password."""

import re
from collections.abc import Iterable

from bot.privacy.kinds import SensitiveKind
from bot.privacy.rules import Rule, Span, when
from bot.privacy.validators import (
    is_assigned_key,
    is_basic_credential,
    is_letters_and_digits,
    is_placeholder,
    is_random,
    is_spelt_password,
)

_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
    r"(?:(?:[^-]|-(?!----))*-----END [A-Z0-9 ]{0,40}-----"
    # Cut off before its end: the lines of base64 that follow.
    r"|(?:(?:\s|\\[nr]){0,4}[A-Za-z0-9+/=]{16,}+)*)"
)

_URL_CREDENTIALS = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{1,30}://"
    # A port followed by a path is no password.
    r"(?:(?P<pair>[^\s/?#@:<>|\x00]{0,256}:(?!\d{1,5}(?:[/?#]|$))[^\s<>|\x00]{1,256})"
    r"|(?P<lone>[^\s/?#@:<>|\x00]{16,256}))@"
)

_WEBHOOK = re.compile(
    r"(?:hooks\.slack(?:-gov)?\.com/|discord(?:app)?\.com/api/webhooks/|webhook\.office\.com/webhookb2/)"
    r"(?P<path>[\w/@.%-]{8,}+)"
)

# Issuers' own prefixes: nothing else begins like these.
_TOKEN = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"xox[a-z](?:\.xox[a-z])?-[\w%-]{10,}+|xapp-[\w-]{10,}+"
    r"|(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])"
    r"|gh[oprsu]_\w{20,}+|github_pat_\w{22,}+"
    r"|gl(?:pat|ptt|rt|dt|soat|ft|imt|agent|cbt|oas)-[\w.-]{16,}+"
    r"|[prs]k_(?:live|test)_\w{10,}+|whsec_[\w+/=]{16,}+"
    r"|AIza[\w-]{30,}+|GOCSPX-[\w-]{20,}+|ya29\.[\w-]{20,}+"
    r"|sk-(?:ant|proj|svcacct|admin|or-v1)-[\w-]{16,}+"
    r"|npm_\w{30,}+|pypi-[\w-]{30,}+|hf_\w{30,}+|SG\.[\w-]{16,}+\.[\w-]{16,}+"
    r"|hv[brs]\.[\w-]{20,}+|do[opr]_v1_[0-9a-f]{40,}+|dapi[0-9a-f]{32}|shp(?:at|ca|pa|ss)_[0-9a-f]{32}"
    r"|SK[0-9a-f]{32}(?!\w)|ATATT3[\w=-]{20,}+|lin_api_\w{20,}+|gl(?:sa|c)_[\w=]{20,}+"
    r"|NRAK-[A-Z0-9]{20,}+|AGE-SECRET-KEY-1[0-9A-Z]{20,}+"
    r")"
)
_BARE_SK = re.compile(r"(?<![A-Za-z0-9-])sk-[A-Za-z0-9_-]{20,}+")
_BOT_TOKEN = re.compile(r"(?<![\w-])\d{8,10}:[\w-]{35}(?![\w-])")
_JWT = re.compile(r"(?<![\w-])eyJ[\w-]{6,}+\.[\w-]{6,}+(?:\.[\w-]*+){0,3}")

_AUTHORIZATION = re.compile(
    r"authorization\\?[\"']?\s{0,3}[:=]\s{0,3}\\?[\"']?"
    r"(?:(?:bearer|basic|token|digest|apikey|negotiate)\s{1,3})?"
    r"(?P<value>[^\s\"'`,;<>|\\\x00]{8,}+)",
    re.IGNORECASE,
)
_BEARER = re.compile(r"\bbearer[ :]{1,3}(?P<value>[\w.~+/-]{8,}+={0,2})", re.IGNORECASE)
_BASIC = re.compile(r"\bbasic {1,3}(?P<value>[A-Za-z0-9+/]{6,}+={0,2})", re.IGNORECASE)
_COOKIE = re.compile(r"\bcookie2?\s{0,2}:\s{0,2}(?P<value>[\w.-]{1,64}=[^\n\x00]++)", re.IGNORECASE)

_PASSWORD_NAMES = r"password|passwd|passphrase|passcode|pwd"  # noqa: S105 - names, not values  # nosec B105
_KEY_NAMES = (
    r"secret|token|(?:api|access|private|secret|signing|encryption|account|auth|shared)[ _-]?key"
    r"|sharedaccesskey|credentials?|signature|session[ _-]?id|(?<![a-z])sig"
)
_VALUE = (
    r"(?:\"(?P<double>[^\"\n\x00]++)|'(?P<single>[^'\n\x00]++)|`(?P<back>[^\s`\x00][^`\n\x00]*+)"
    # Unquoted, it ends where a query string's next parameter begins.
    r"|(?P<bare>[^\s\"'`&|<>;\x00](?:[^\s&|<>;\x00]|&(?>amp;|lt;|gt;|)(?![\w.-]{1,40}=))*+))"
)
_ASSIGNMENT = re.compile(
    rf"(?:(?P<password>{_PASSWORD_NAMES})|(?P<key>{_KEY_NAMES}))"
    rf"(?:\\{{0,3}}[\"'`*\]])?\s{{0,3}}(?P<sign>:=|=>|={{1,3}}|:)(?:[*_]{{1,2}}(?=\s))?\s{{0,3}}\\{{0,3}}{_VALUE}",
    re.IGNORECASE,
)
_ELEMENT = re.compile(
    rf"(?:{_PASSWORD_NAMES}|secret|token|api-?key)(?:>|&gt;)(?P<value>[^<>&\s\x00]++)(?:<|&lt;)/",
    re.IGNORECASE,
)
_OPTION = re.compile(
    rf"(?<!\w)--[\w-]{{0,30}}?(?:{_PASSWORD_NAMES}|secret|token|api-?key)"
    r"[ ]{1,3}(?!-)[\"']?(?P<value>[^\s\"'\x00]++)",
    re.IGNORECASE,
)
_CURL_USER = re.compile(
    r"\bcurl\b[^\n\x00]{0,300}?\s(?:-u|--user)[ =]?[\"']?[^\s:\"'\x00]{1,64}:(?P<value>[^\s\"'\x00]++)"
)
_SAID_PASSWORD = re.compile(
    rf"\b(?:{_PASSWORD_NAMES}|pw)\s{{1,3}}(?:is|was)\s{{1,3}}(?:(?:now|still)\s)?"
    r"(?:\"(?P<double>[^\"\n\x00]++)\"|'(?P<single>[^'\n\x00]++)'|`(?P<back>[^`\n\x00]++)`|(?P<bare>[^\s\"'`\x00]{6,}+))",
    re.IGNORECASE,
)
_BESIDE_PASSWORD = re.compile(
    rf"\b(?:(?:{_PASSWORD_NAMES}|pw)(?:\s{{0,2}}(?:[=:]|->?|→)\s{{0,2}}|\s)|pass\s?[=:]\s{{0,2}}|sshpass\s-p\s?"
    r"|(?:creds?|credentials|login|user/pass)[ :]{1,3}[^\s:/\x00]{1,64}[:/])(?P<value>[^\s\"'`:/\x00]{6,}+)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\b(?:otp|cvv2?|cvc|(?:mfa|2fa|totp|one-time|verification|login)\scode)\s{0,2}(?:is|:|=)?\s{0,2}"
    r"(?P<value>\d{3,8})(?![\w.:-])",
    re.IGNORECASE,
)
_CLOSING = "\\\"'`.,;:!?)]}*"
_OPAQUE_LENGTH = 24


def _assigned(match: re.Match[str]) -> Iterable[Span]:
    start, end = match.span(match.lastgroup or 0)
    value = match.string[start:end]
    closing = _CLOSING if match.lastgroup == "bare" else "\\"
    value = value.rstrip(closing) or value
    certain = match["sign"] in {"=", "=>", ":="} or match.lastgroup != "bare"
    if match["password"]:
        secret = _is_password(match, value, certain=certain)
    else:
        secret = is_random(value) or (certain and is_assigned_key(match["key"], value))
    if secret:
        yield start, start + len(value)


def _is_password(match: re.Match[str], value: str, *, certain: bool) -> bool:
    if match["password"].lower() == "pwd" and value.startswith(("/", "pwd")):
        return False
    if certain:
        return not is_placeholder(value)
    line_end = match.string.find("\n", match.end())
    rest = match.string[match.end() : line_end if line_end >= 0 else None]
    return is_spelt_password(value, alone=not rest.strip(" \t\r.,;"))


def _said(match: re.Match[str]) -> Iterable[Span]:
    start = match.start(match.lastgroup or 0)
    value = match[match.lastgroup or 0].rstrip(_CLOSING)
    quoted = match.lastgroup != "bare"
    if is_spelt_password(value, alone=quoted) and any(map(str.isalpha, value)):
        yield start, start + len(value)


def _beside(match: re.Match[str]) -> Iterable[Span]:
    value = match["value"].rstrip(_CLOSING)
    if is_letters_and_digits(value):
        yield match.start("value"), match.start("value") + len(value)


def _is_opaque(value: str) -> bool:
    return is_random(value) or is_basic_credential(value) or len(value) >= _OPAQUE_LENGTH


def _is_userinfo(value: str) -> bool:
    _, colon, password = value.partition(":")
    return not is_placeholder(password) and bool(password) if colon else is_random(value)


def _is_password_word(value: str) -> bool:
    return not is_placeholder(value)


_ASSIGNED_HINTS = (
    "passw", "passp", "passc", "pwd", "secret", "token", "key", "credential", "signature", "session", "sig",
)  # fmt: skip
_TOKEN_HINTS = (
    "xox", "xapp-", "akia", "asia", "abia", "acca", "gh", "github_pat_", "gl", "k_live_", "k_test_",
    "whsec_", "aiza", "gocspx-", "ya29.", "sk-", "npm_", "pypi-", "hf_", "sg.", "hvs.", "hvb.", "hvr.",
    "_v1_", "dapi", "shp", "sk", "atatt3", "lin_api_", "nrak-", "age-secret",
)  # fmt: skip

_SECRET = SensitiveKind.SECRET
SECRET_RULES = (
    Rule(kind=_SECRET, pattern=_PRIVATE_KEY, hints=("-----begin",)),
    Rule(kind=_SECRET, pattern=_WEBHOOK, hints=("hooks.slack", "webhook")),
    Rule(kind=_SECRET, pattern=_URL_CREDENTIALS, hints=("://",), spans=when(_is_userinfo)),
    Rule(kind=_SECRET, pattern=_COOKIE, hints=("cookie",)),
    Rule(kind=_SECRET, pattern=_JWT, hints=("eyj",)),
    Rule(kind=_SECRET, pattern=_TOKEN, hints=_TOKEN_HINTS),
    Rule(kind=_SECRET, pattern=_BARE_SK, hints=("sk-",), spans=when(is_random)),
    Rule(kind=_SECRET, pattern=_BOT_TOKEN, hints=(":",)),
    Rule(kind=_SECRET, pattern=_AUTHORIZATION, hints=("authorization",), spans=when(_is_opaque)),
    Rule(kind=_SECRET, pattern=_BEARER, hints=("bearer",), spans=when(is_random)),
    Rule(kind=_SECRET, pattern=_BASIC, hints=("basic",), spans=when(is_basic_credential)),
    Rule(kind=_SECRET, pattern=_ASSIGNMENT, hints=_ASSIGNED_HINTS, spans=_assigned),
    Rule(kind=_SECRET, pattern=_ELEMENT, hints=("</", "&lt;/"), spans=when(_is_password_word)),
    Rule(kind=_SECRET, pattern=_OPTION, hints=("--",), spans=when(_is_password_word)),
    Rule(kind=_SECRET, pattern=_CURL_USER, hints=("curl",), spans=when(_is_password_word)),
    Rule(kind=_SECRET, pattern=_SAID_PASSWORD, hints=("pass", "pwd", "pw "), spans=_said),
    Rule(
        kind=_SECRET,
        pattern=_BESIDE_PASSWORD,
        hints=("pass", "pw", "cred", "login"),
        spans=_beside,
    ),
    Rule(kind=_SECRET, pattern=_CODE, hints=("otp", "cvv", "cvc", " code")),
)
