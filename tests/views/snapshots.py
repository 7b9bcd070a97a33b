"""Snapshots: pictures kept as JSON files, compared, and written anew when TOCSIN_SNAPSHOTS=write."""

import json
import os
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "snapshots"
WRITING = os.environ.get("TOCSIN_SNAPSHOTS") == "write"


def kept(name: str, drawn: dict[str, Any]) -> dict[str, Any]:
    """Return what was kept under `name`; when snapshots are being written, keep `drawn` first."""
    path = FOLDER / f"{name}.json"
    if WRITING:
        path.write_text(json.dumps(drawn, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if not path.exists():
        return {}
    whole: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return whole
