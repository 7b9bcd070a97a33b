"""What is wrong with a policy, said in sentences that name the place."""

from dataclasses import dataclass

LONGEST_QUOTE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyError:
    """One mistake: in `file` at `line` (from 1), `key` held `found` (or nothing to quote), which is not `allowed`."""

    file: str
    line: int
    key: str
    found: str
    allowed: str

    def __str__(self) -> str:
        """Return the mistake as a sentence, such as "severity.yaml line 14: `ack: soon` is not a duration"."""
        said = f"{self.key}: {self.found}" if self.found else self.key
        return f"{self.file} line {self.line}: `{_quotable(said)}` is not {self.allowed}"


class PolicyRejected(Exception):
    """These files are no policy; `errors` holds every mistake found, in the order of files and lines."""

    def __init__(self, errors: tuple[PolicyError, ...]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors


def _quotable(said: str) -> str:
    """Return `said` short, on one line, without a character that would end the quotation or hide in it."""
    plain = "".join(letter if letter.isprintable() and letter != "`" else "?" for letter in said)
    return plain if len(plain) <= LONGEST_QUOTE else plain[: LONGEST_QUOTE - 1] + "…"
