"""Silence on a connection is measured on the monotonic clock."""

from handlers.silence import SILENT_S, Silence


def test_silence_begins_with_the_last_sign():
    """Each new sign starts the count again; the same one does not."""
    passed = [0.0]
    silence = Silence(monotonic=lambda: passed[0])
    heard = []
    for at, sign in ((0, "a"), (30, "a"), (31, "b"), (70, "b"), (71, "b")):
        passed[0] = at
        heard.append(silence.is_too_long(sign))

    assert [False, False, False, False, True] == heard
    assert 40 == SILENT_S
