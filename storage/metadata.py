"""Every table of the database, those of the audit log included."""

from storage.audit_tables import AUDIT_ENTRY
from storage.delivery_tables import OUTBOX
from storage.policy_tables import POLICY_VERSION
from storage.tables import INCIDENT

METADATA = INCIDENT.metadata
"""Of every table; each module of tables is imported here, so that none is forgotten."""

_ROOMS = (AUDIT_ENTRY, OUTBOX, POLICY_VERSION)
