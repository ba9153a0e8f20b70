"""Moments as the interface tells them: in UTC, ending in Z (Logius API Design Rules: timezone). Days are Dutch days and have no time."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import PlainSerializer, WithJsonSchema


def in_utc(moment: datetime) -> str:
    """A moment with its zone as RFC 3339 writes it: 2026-03-02T09:00:00Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


Moment = Annotated[
    datetime,
    PlainSerializer(in_utc, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-03-02T09:00:00Z"]}),
]
"""A moment in an answer."""
