"""Checks a regular expression cannot make: check digits, address syntax, randomness."""

import binascii
import ipaddress
import math
import re
from base64 import b64decode
from collections import Counter

# Issuer ranges and lengths of the card schemes (ISO/IEC 7812).
_ISSUERS = (
    (re.compile(r"4"), frozenset({13, 16, 19})),
    (re.compile(r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), frozenset({16})),
    (re.compile(r"3[47]"), frozenset({15})),
    (re.compile(r"30[0-5]|36|3[89]"), frozenset({14})),
    (re.compile(r"6011|64[4-9]|65|35(?:2[89]|[3-8])|62|220[0-4]"), frozenset({16, 17, 18, 19})),
    (re.compile(r"50(?:18|20|38)|5893|6304|6759|676[1-3]"), frozenset({16, 17, 18, 19})),
)

# Country calling codes (ITU-T E.164) of two digits; `1` and `7` stand alone, the rest have three.
_CALLING_CODES_2 = re.compile(r"2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")
_CALLING_CODES_3 = re.compile(r"2[1-69]\d|3[578]\d|42[013]|50\d|59\d|67\d|68\d|69[0-2]|8[05789]\d|9[67]\d|99[2-8]")
_E164_DIGITS = 15

_PLACEHOLDER = re.compile(
    r"[*x•.#_-]+|\$.*|%\w+%|\{.*|<.*|\[?(?:redacted|removed|masked|hidden|filtered|secret)\]?|"
    r"null|none|nil|true|false|undefined|empty|(?:env|vault|secret|ssm|op|arn):.+|https?://.*|"
    r"[a-z_][\w.]*[(\[].*|&(?:lt|gt|amp);.*",
    re.IGNORECASE,
)
_STATE_WORDS = re.compile(
    r"broken|expired|invalid|incorrect|required|missing|fail(?:ed|ing)|rejected|wrong|reset|(?:un)?changed|rotated|"
    r"unknown|optional|disabled|enabled|forgotten|leaked|needed|pending",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"(?:sha|base|md|utf|aes|rsa|oauth|ipv|argon|pbkdf|http|ed|tls)-?\d+\S*|v?\d+(?:\.\d+)+(?:[-+]\S*)?",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Za-z]+(?:20\d\d|\d{0,3})(?:[-/._:][A-Za-z]*(?:20\d\d|\d{0,3}))+")
_RANDOM_LENGTH = 8
_LETTERS_LENGTH = 20
_LETTERS_ENTROPY = 3.2
_SPELT_LENGTH = 6
_BASIC_LENGTH = 12


def passes_luhn(digits: str) -> bool:
    """Whether the last of `digits` is the right check digit for the others (ISO/IEC 7812-1)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0  # noqa: PLR2004


def is_card(digits: str) -> bool:
    """Whether `digits` has a card scheme's prefix and length, and the right check digit."""
    known = any(issuer.match(digits) and len(digits) in lengths for issuer, lengths in _ISSUERS)
    return known and passes_luhn(digits)


def is_phone(digits: str) -> bool:
    """Whether `digits`, written after a plus sign, can be a telephone number (ITU-T E.164)."""
    if digits.startswith("1"):
        return len(digits) == 11 and digits[1] not in "01"  # noqa: PLR2004
    if digits.startswith("7"):
        return len(digits) == 11  # noqa: PLR2004
    shortest = 9 if _CALLING_CODES_2.match(digits) else 8
    known = _CALLING_CODES_2.match(digits) or _CALLING_CODES_3.match(digits)
    return known is not None and shortest <= len(digits) <= _E164_DIGITS and not digits.endswith("00000")


def is_personal_ipv4(address: str) -> bool:
    """Whether `address` is an IPv4 address that could be somebody's (not loopback, 0.0.0.0, a mask)."""
    octets = [int(octet) for octet in address.split(".")]
    if max(octets) > 255:  # noqa: PLR2004
        return False
    return octets[0] not in {0, 127, 255}


def is_personal_ipv6(address: str) -> bool:
    """Whether `address` is an IPv6 address that could be somebody's.

    `a::b` (C++), `1::2` (a slice) and eight pairs of digits (EUI-64, fingerprints) are valid
    addresses too: at least one digit and one group of three are asked for.
    """
    try:
        ipaddress.IPv6Address(address)
    except ValueError:
        return False
    groups = address.partition("%")[0].split(":")
    return max(map(len, groups)) > 2 and any(char.isdigit() for char in address)  # noqa: PLR2004


def is_placeholder(value: str) -> bool:
    """Whether `value` only stands where a secret would: `***`, `${PASSWORD}`, `null`, a call, a link."""
    return _PLACEHOLDER.fullmatch(value) is not None


def is_random(value: str) -> bool:
    """Whether `value` looks drawn by a machine: letters with digits, or long and of many letters."""
    if is_placeholder(value) or _TERM.fullmatch(value) or _NAME.fullmatch(value):
        return False
    if not any(char.isalpha() for char in value):
        return False
    if any(char.isdigit() for char in value):
        return len(value) >= _RANDOM_LENGTH
    return len(value) >= _LETTERS_LENGTH and value.isalnum() and entropy(value) >= _LETTERS_ENTROPY


def is_assigned_key(name: str, value: str) -> bool:
    """Whether `value`, set by `=` or in quotes under a key's `name`, is one: most things are.

    A number under `token` is a count.
    """
    if is_placeholder(value) or _TERM.fullmatch(value) or _NAME.fullmatch(value):
        return False
    counted = value.isdigit() and name.lower() == "token"
    return len(value) >= _RANDOM_LENGTH and not _STATE_WORDS.fullmatch(value) and not counted


def is_letters_and_digits(value: str) -> bool:
    """Whether `value` mixes letters with digits, as passwords said in passing do and words do not."""
    mixed = any(map(str.isalpha, value)) and any(map(str.isdigit, value))
    term = _TERM.fullmatch(value) or _NAME.fullmatch(value) or is_placeholder(value)
    return mixed and len(value) >= _SPELT_LENGTH and not term


def is_spelt_password(value: str, *, alone: bool) -> bool:
    """Whether `value`, after "password:", is one rather than the next word of a sentence.

    `alone` says that nothing follows it on its line.
    """
    if is_placeholder(value) or _TERM.fullmatch(value) or _STATE_WORDS.fullmatch(value):
        return False
    odd = any(char.isdigit() or not (char.isalnum() or char in "-'/.,;:()") for char in value)
    mixed = any(char.isupper() for char in value[1:]) and not value.isupper()
    return odd or mixed or (alone and len(value) >= _SPELT_LENGTH)


def is_basic_credential(value: str) -> bool:
    """Whether `value` can follow "Basic" in a header: it decodes to `user:password` or looks drawn.

    "Basic authentication" is not one.
    """
    try:
        decoded = b64decode(value, validate=True)
    except binascii.Error:
        decoded = b""
    if b":" in decoded and decoded.isascii():
        return True
    kinds = (str.isdigit, str.isupper, str.islower)
    return len(value) >= _BASIC_LENGTH and all(any(map(kind, value)) for kind in kinds)


def entropy(value: str) -> float:
    """Shannon's entropy of the characters of `value`, in bits per character."""
    shares = (count / len(value) for count in Counter(value).values())
    return -sum(share * math.log2(share) for share in shares)
