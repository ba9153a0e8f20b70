"""Toewijzingen: the list. The page of one is the work of who builds it."""

from ...api import toewijzingen
from ...api.toewijzing_uit import ToewijzingUit
from ..lijstpagina import Filter, Kop, Lijstpagina
from ..menu import Menupunt

MENU = Menupunt("Toewijzingen", "/toewijzingen", 30)

LIJST = Lijstpagina(
    pad="/toewijzingen",
    titel="Toewijzingen",
    haal=toewijzingen.zoek,
    vraag=toewijzingen.Toewijzingenvraag,
    haal_client=toewijzingen.zoek_client,
    zoekvraag=toewijzingen.Toewijzingenzoekvraag,
    item=ToewijzingUit,
    koppen=(
        Kop("Nummer", "toewijzingnummer", naar=True),
        Kop("Wet", "domein"),
        Kop("Bsn", "bsn"),
        Kop("Gemeente", "gemeente"),
        Kop("Aanbieder", "aanbieder"),
        Kop("Categorie", "product_categorie"),
        Kop("Product", "product_code"),
        Kop("Begin", "ingangsdatum"),
        Kop("Eind", "einddatum"),
        Kop("Toestand", "toestand"),
        Kop("Levering", "levering"),
    ),
    filters=(
        Filter("Wet", "domein"),
        Filter("Gemeente", "gemeente", "CBS-code van 4 cijfers"),
        Filter("Aanbieder", "aanbieder", "AGB-code van 8 cijfers"),
        Filter("Nummer", "toewijzingnummer"),
        Filter("Product", "product", "categorie of code"),
        Filter("Toestand", "toestand"),
        Filter("Levering", "levering"),
        Filter("Geldig op", "geldig_op"),
    ),
    leeg="Een toewijzing verschijnt hier zodra de gemeente een 301 heeft gestuurd en dat is goedgekeurd.",
)

router = LIJST.router()
