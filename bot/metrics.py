"""What Tocsin counts about itself, in Prometheus' terms; no names, titles or secrets are ever among the labels."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

OTHER = "other"
"""The label of a word somebody made up: labels are a short list, whatever people type."""

ACK_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Seconds; at three, Slack has given up."""


@dataclass(slots=True, kw_only=True)
class Metrics:
    """The counters of one running bot; `verbs` are the words that may be labels."""

    verbs: AbstractSet[str] = frozenset()
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    _requests: Counter = field(init=False)
    _acks: Histogram = field(init=False)
    _deliveries: Counter = field(init=False)
    _gaps: Counter = field(init=False)
    _refused: Counter = field(init=False)
    _gauges: dict[str, Gauge] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Register what is counted as it happens."""
        to = self.registry
        self._requests = Counter("tocsin_requests", "What people asked.", ("verb", "outcome"), registry=to)
        self._acks = Histogram("tocsin_ack_seconds", "Until the ack was ready.", buckets=ACK_BUCKETS, registry=to)
        self._deliveries = Counter("tocsin_deliveries", "Tries to deliver.", ("kind", "outcome"), registry=to)
        self._gaps = Counter("tocsin_sweeper_gaps", "What the sweeper found amiss.", registry=to)
        self._refused = Counter("tocsin_http_refused", "Requests that were not Slack's.", ("why",), registry=to)

    def asked(self, *, verb: str, outcome: str, seconds: float) -> None:
        """Count one request: its `verb`, how it ended, and after how many `seconds` its ack was ready."""
        word = verb.removeprefix("act.").removeprefix("form.")
        self._requests.labels(word if word in self.verbs else OTHER, outcome).inc()
        self._acks.observe(seconds)

    def delivered(self, *, kind: str, outcome: str) -> None:
        """Count one try to deliver, by kind of effect and class of outcome."""
        self._deliveries.labels(kind, outcome).inc()

    def swept(self, gaps: int) -> None:
        """Count what one sweep found."""
        self._gaps.inc(gaps)

    def turned_away(self, why: str) -> None:
        """Count a request that Slack did not send; `why` is one of a few words."""
        self._refused.labels(why).inc()

    def stand(self, name: str, values: Mapping[str, float], *, label: str = "") -> None:
        """Set the gauge `name` to `values` by `label`, or to its only value, keyed "", without one."""
        if name not in self._gauges:
            self._gauges[name] = Gauge(
                name, f"{name} at this moment.", (label,) if label else (), registry=self.registry
            )
        gauge = self._gauges[name]
        for key, value in values.items():
            (gauge.labels(key) if label else gauge).set(value)

    def text(self) -> bytes:
        """Return everything in the form a scraper reads."""
        return generate_latest(self.registry)
