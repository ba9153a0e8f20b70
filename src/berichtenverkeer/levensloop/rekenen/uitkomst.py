"""What a computation answers."""

from dataclasses import dataclass

from ...zegbaar import Zegbaar


class Rekenfout(Zegbaar):
    """The question cannot be computed. The text says why, in Dutch and without personal data."""


@dataclass(frozen=True, slots=True)
class Rekenuitkomst:
    """A number and the steps that lead to it, one Dutch sentence each.

    ``waarde`` is a volume in the Eenheid that was asked for, or eurocent. As a maximum None means: there is none.
    """

    waarde: int | None
    stappen: tuple[str, ...]
