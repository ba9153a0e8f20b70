"""The fourteen kinds of message of each law: who sends them, what answers them, their BerichtCode (COD002)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .domein import RELEASE, Domein


class Ketenrol(StrEnum):
    """The side of the exchange a party stands on."""

    GEMEENTE = "gemeente"
    AANBIEDER = "aanbieder"


_CIJFERS_GEMEENTE = 4


def rol_met(code: str) -> Ketenrol:
    """The side on which the party with this code stands: a CBS code has four digits, an AGB code eight, an own code a letter."""
    return Ketenrol.GEMEENTE if len(code) == _CIJFERS_GEMEENTE and code.isdigit() else Ketenrol.AANBIEDER


@dataclass(frozen=True, slots=True, eq=False)
class Berichtsoort:
    """One kind of message of one law in one release. There is one object of each, so it is its own key.

    ``nummer`` is the number the field uses (``"301"``). ``verzender`` is who sends it. ``berichtcode`` is the value of
    Header/BerichtCode. ``retour_nummer`` is the retourbericht that answers it (IV028); the 323 has none, it is answered
    by the 325 (IV087). ``heen_nummer`` is set on a retourbericht and names what it answers.
    """

    domein: Domein
    nummer: str
    naam: str
    verzender: Ketenrol
    berichtcode: str
    retour_nummer: str | None = None
    heen_nummer: str | None = None
    release: str = RELEASE

    def __reduce__(self) -> tuple[Callable[[Domein, str, str], "Berichtsoort"], tuple[Domein, str, str]]:
        """Copied to another process, it is the one object there."""
        return berichtsoort, (self.domein, self.nummer, self.release)

    @property
    def code(self) -> str:
        """The name of the message, unique over both laws: ``WMO301``, ``JW323``."""
        return self.domein.voorvoegsel + self.nummer

    @property
    def namespace(self) -> str:
        """Target namespace of the message's own schema."""
        return f"{self._ruimte}/{self.code.lower()}/schema"

    @property
    def basis_namespace(self) -> str:
        """Target namespace of the ``basisschema.xsd`` of its release, in which the shared data types live."""
        return f"{self._ruimte}/basisschema/schema"

    @property
    def _ruimte(self) -> str:
        return f"{self.domein.ruimte}{self.release.replace('.', '_')}"

    @property
    def versie(self) -> tuple[int, int]:
        """Version and subversion of its release, as the Header and the envelopes of the chain write them."""
        versie, subversie = self.release.split(".")
        return int(versie), int(subversie)

    @property
    def is_retour(self) -> bool:
        """Whether this is a retourbericht (302, 306, 308, 316, 318, 320); the 325 is an answer of its own."""
        return self.heen_nummer is not None

    @property
    def retour(self) -> "Berichtsoort | None":
        """The retourbericht that answers this heenbericht, in the same release."""
        return berichtsoort(self.domein, self.retour_nummer, self.release) if self.retour_nummer else None

    @property
    def heen(self) -> "Berichtsoort | None":
        """The heenbericht that this retourbericht answers."""
        return berichtsoort(self.domein, self.heen_nummer, self.release) if self.heen_nummer else None

    @property
    def beantwoordt(self) -> bool:
        """Whether it answers another message, and so is of the release of that: a retourbericht, and the 325."""
        return self.is_retour or self.nummer == "325"

    @property
    def opsteller_afzender(self) -> Ketenrol:
        """The role of Header/Afzender: in a retourbericht that is the sender of the heenbericht (IV028)."""
        heen = self.heen
        return heen.verzender if heen else self.verzender

    def __str__(self) -> str:
        return self.code


# nummer, naam, verzender, BerichtCode iWmo, BerichtCode iJw, retour, heen
_TABEL = (
    ("301", "Toewijzing", Ketenrol.GEMEENTE, "414", "436", "302", None),
    ("302", "Toewijzing retour", Ketenrol.AANBIEDER, "415", "437", None, "301"),
    ("305", "Start", Ketenrol.AANBIEDER, "418", "438", "306", None),
    ("306", "Start retour", Ketenrol.GEMEENTE, "419", "439", None, "305"),
    ("307", "Stop", Ketenrol.AANBIEDER, "420", "440", "308", None),
    ("308", "Stop retour", Ketenrol.GEMEENTE, "421", "441", None, "307"),
    ("315", "Verzoek om toewijzing", Ketenrol.AANBIEDER, "444", "446", "316", None),
    ("316", "Verzoek om toewijzing retour", Ketenrol.GEMEENTE, "445", "447", None, "315"),
    ("317", "Verzoek om wijziging", Ketenrol.AANBIEDER, "480", "486", "318", None),
    ("318", "Verzoek om wijziging retour", Ketenrol.GEMEENTE, "481", "487", None, "317"),
    ("319", "Antwoord", Ketenrol.GEMEENTE, "482", "488", "320", None),
    ("320", "Antwoord retour", Ketenrol.AANBIEDER, "483", "489", None, "319"),
    ("323", "Declaratie", Ketenrol.AANBIEDER, "484", "490", None, None),
    ("325", "Declaratie-antwoord", Ketenrol.GEMEENTE, "485", "491", None, None),
)


def _soorten(release: str) -> dict[str, Berichtsoort]:
    return {
        soort.code: soort
        for domein in Domein
        for nummer, naam, verzender, code_iwmo, code_ijw, retour, heen in _TABEL
        for code in (code_iwmo if domein is Domein.IWMO else code_ijw,)
        for soort in [Berichtsoort(domein, nummer, naam, verzender, code, retour, heen, release)]
    }


BERICHTSOORTEN: dict[str, Berichtsoort] = _soorten(RELEASE)
"""Every kind of message of the release that is packaged by its name, ``WMO301`` … ``JW325``. The names are those of any release."""

_PER_RELEASE: dict[str, Mapping[str, Berichtsoort]] = {RELEASE: BERICHTSOORTEN}

OP_NAMESPACE: dict[str, Berichtsoort] = {soort.namespace: soort for soort in BERICHTSOORTEN.values()}
"""Every kind of message of every release there is, by its namespace: that decides what is read."""


def berichtsoort(domein: Domein, nummer: str, release: str = RELEASE) -> Berichtsoort:
    """The kind of message with this number under this law. Raises ``KeyError`` for a number or a release that there is not."""
    return _PER_RELEASE[release][domein.voorvoegsel + nummer]


def gelezen_soorten(code: str) -> Iterator[Berichtsoort]:
    """The message with this name (``WMO301``) in every release that is read, the oldest first. Raises ``KeyError``."""
    for soorten in sorted(_PER_RELEASE.values(), key=lambda soorten: soorten[code].versie):
        if OP_NAMESPACE.get(soorten[code].namespace) is soorten[code]:
            yield soorten[code]


def alle_soorten() -> Iterator[Berichtsoort]:
    """Every kind of message of every release."""
    for soorten in list(_PER_RELEASE.values()):
        yield from soorten.values()


def neem_op(release: str) -> None:
    """From now on there are the kinds of message of this release too; those that there were stay the same objects."""
    if release not in _PER_RELEASE:
        _PER_RELEASE[release] = _soorten(release)
    OP_NAMESPACE.update({soort.namespace: soort for soort in _PER_RELEASE[release].values()})


def laat_los(release: str) -> None:
    """Messages of this release are read no more; what was read keeps its kind."""
    for soort in _PER_RELEASE[release].values():
        OP_NAMESPACE.pop(soort.namespace, None)
