"""What waits to be taken in, and which of it may go now: groups that run at the same time and never want the same.

A group that shares a lock with one that is under way would wait for it in the database, and the two could change places.
So it waits here, and so does what came after it and wants the same: of one dossier everything goes in order of arrival.

What a group costs beside its messages is some five round trips and a commit. So as long as a group is under way the next does not
leave with fewer: it would only make the one after it small too.
"""

from collections import deque
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field
from typing import Generic, TypeVar

W = TypeVar("W")


@dataclass(slots=True)
class Groep(Generic[W]):
    """What goes together, and what it wants: None is all there is."""

    leden: list[W]
    sloten: frozenset[str] | None


@dataclass
class Wachtrij(Generic[W]):
    """``sloten`` says what one that waits wants to itself; None when that is not known beforehand: it then goes with
    nothing else under way. Not safe for threads by itself."""

    sloten: Callable[[W], Set[str] | None]
    hoogstens: int = 64
    _wacht: deque[W] = field(default_factory=deque)
    _onderweg: list[Groep[W]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self._wacht)

    def voeg_toe(self, nieuw: Iterable[W]) -> None:
        """Let these wait, in this order."""
        self._wacht.extend(nieuw)

    def neem(self) -> Groep[W] | None:
        """The next group, which is under way from now on; None while nothing may go."""
        if len(self._wacht) < max((1, *(len(groep.leden) for groep in self._onderweg))):
            return None
        if any(groep.sloten is None for groep in self._onderweg):
            return None
        bezet: set[str] = set().union(*(groep.sloten for groep in self._onderweg if groep.sloten is not None))
        vrij = not self._onderweg
        eigen: set[str] = set()
        leden: list[W] = []
        blijft: list[W] = []
        alles = False
        while self._wacht and len(leden) < self.hoogstens:
            wachtend = self._wacht.popleft()
            sloten = self.sloten(wachtend)
            if sloten is None:
                if not vrij:  # it and all behind it wait until nothing is under way
                    self._wacht.appendleft(wachtend)
                    break
                alles = True
            elif not sloten.isdisjoint(bezet):
                bezet |= sloten
                blijft.append(wachtend)
                continue
            else:
                eigen |= sloten
            leden.append(wachtend)
        self._wacht.extendleft(reversed(blijft))
        if not leden:
            return None
        groep = Groep(leden, None if alles else frozenset(eigen))
        self._onderweg.append(groep)
        return groep

    def klaar(self, groep: Groep[W]) -> None:
        """This group is done: what it wanted is free again."""
        self._onderweg.remove(groep)

    def leeg(self) -> list[W]:
        """All that waits, which waits no more."""
        wachtend = list(self._wacht)
        self._wacht.clear()
        return wachtend
