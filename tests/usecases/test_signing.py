"""Signed links: what we signed is read back, and nothing else."""

import string

import pytest
from pydantic import SecretStr

from bot.ops.public_address import hard_to_guess, public_address
from bot.usecases.signing import LinkSigner

SIGNER = LinkSigner(base="https://tocsin.example.com", key=b"k" * 32)
HANDLE = "abcdefghijklmnopqrstuv"


def token(signer: LinkSigner = SIGNER) -> str:
    """The last part of a link."""
    return signer.url(HANDLE).rpartition("/")[2]


def test_what_was_signed_is_read_back():
    """The handle comes out as it went in; the address is short enough for one SMS beside the words."""

    assert HANDLE == SIGNER.handle_in(token())
    assert SIGNER.url(HANDLE).startswith("https://tocsin.example.com/ack/")
    assert 44 == len(token())


def test_another_key_signs_otherwise():
    """A link is worth nothing where its key is not known."""

    assert SIGNER.handle_in(token(LinkSigner(base=SIGNER.base, key=b"z" * 32))) is None


def test_no_letter_can_be_changed():
    """Each letter counts, in handle and mark alike."""

    whole = token()
    letters = string.ascii_letters + string.digits + "-_"
    changed = [
        f"{whole[:place]}{next(one for one in letters if one != whole[place])}{whole[place + 1 :]}"
        for place in range(len(whole))
    ]

    assert {None} == {SIGNER.handle_in(one) for one in changed}


@pytest.mark.parametrize("odd", ["", "x", "x" * 43, "x" * 45, "é" * 44, f"{'x' * 43}\n", "\x00" * 44, "٣" * 44])
def test_what_is_no_token(odd):
    """Anything else is nobody's, whatever it is made of."""

    assert SIGNER.handle_in(odd) is None


def test_a_signer_does_not_show_its_key():
    """What is printed by accident has no secret in it."""

    assert "kkk" not in repr(SIGNER)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("https://tocsin.example.com/", "https://tocsin.example.com"),
        ("https://example.com/tocsin", "https://example.com/tocsin"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("http://localhost:8080", "http://localhost:8080"),
    ],
)
def test_a_public_address(given, kept):
    """With TLS, or on this machine; without a slash at its end."""

    assert kept == public_address(given)


@pytest.mark.parametrize(
    "given",
    ["http://tocsin.example.com", "tocsin.example.com", "https://", "https://a@x", "https://x?y=1", "https://x#y"],
)
def test_what_is_no_public_address(given):
    """People's answers go over no plain line, and an address is only an address."""

    with pytest.raises(ValueError, match="TOCSIN_PUBLIC_URL must be"):
        public_address(given)


def test_a_secret_is_one():
    """Short ones are refused; none at all is fine, for then one is made."""

    with pytest.raises(ValueError, match="at least 32 characters"):
        hard_to_guess(SecretStr("hunter2"))
    assert SecretStr("") == hard_to_guess(SecretStr(""))
    assert SecretStr("x" * 32) == hard_to_guess(SecretStr("x" * 32))
