"""The typed messages: one module a pair of heenbericht and retour, one class a class of the standard.

``BERICHTKLASSE`` gives the root class for a message number; both laws share it.
"""

from .antwoord import Bericht319, Bericht320
from .declaratie import Bericht323, Bericht325
from .kop import Bericht, Retourbericht
from .start import Bericht305, Bericht306
from .stop import Bericht307, Bericht308
from .toewijzing import Bericht301, Bericht302
from .verzoek_om_toewijzing import Bericht315, Bericht316
from .verzoek_om_wijziging import Bericht317, Bericht318

BERICHTKLASSE: dict[str, type[Bericht]] = {
    "301": Bericht301,
    "302": Bericht302,
    "305": Bericht305,
    "306": Bericht306,
    "307": Bericht307,
    "308": Bericht308,
    "315": Bericht315,
    "316": Bericht316,
    "317": Bericht317,
    "318": Bericht318,
    "319": Bericht319,
    "320": Bericht320,
    "323": Bericht323,
    "325": Bericht325,
}
"""The root class of every message number."""

__all__ = ["BERICHTKLASSE", "Bericht", "Retourbericht"]
