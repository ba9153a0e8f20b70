"""Moments as the interface tells them: in UTC, ending in Z (Logius API Design Rules: timezone). Days are Dutch days and have no time."""

from datetime import datetime
from typing import Annotated

from pydantic import PlainSerializer, WithJsonSchema

from ...klok import in_utc

Moment = Annotated[
    datetime,
    PlainSerializer(in_utc, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-03-02T09:00:00Z"]}),
]
"""A moment in an answer."""
