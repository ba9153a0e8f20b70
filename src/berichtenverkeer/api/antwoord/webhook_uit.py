"""Webhooks as they are asked for and told."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from ...invoer import Invoer
from ...opslag.berichten.notificaties import Onbezorgd
from ...opslag.berichten.webhooks import Webhook, Webhooktoestand
from ...webhooks.adres import LANGSTE_URL
from ...webhooks.soorten import SOORTEN

_URL = "https://backoffice.example.nl/berichtenverkeer"
_ID = "0f8b6c52-6d2e-4c35-9d0c-0c2b6c8f5a10"
_NOTIFICATIE = "7d1f4f0e-55a5-5d0b-8a45-1f0c9a3f7b21"
_GEHEIM = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
_BERICHT = "c0a7f4f2-3f2d-5a39-8f7e-2b8c7a1d9e64"


def _bekende_soort(naam: str) -> str:
    if naam not in SOORTEN:
        raise ValueError(f"deze soort is er niet; er zijn: {', '.join(SOORTEN)}")
    return naam


Soortnaam = Annotated[
    str, AfterValidator(_bekende_soort), WithJsonSchema({"type": "string", "enum": list(SOORTEN), "title": "Soort"})
]


def _voorbeeld(**velden: Any) -> Any:
    return {"examples": [velden]}


class WebhookVraag(Invoer):
    """A webhook to make."""

    model_config = ConfigDict(
        json_schema_extra=_voorbeeld(url=_URL, soorten=["bericht.ontvangen", "bericht.afgekeurd"])
    )

    url: str = Field(min_length=1, max_length=LANGSTE_URL, description="een openbaar adres, met https://")
    soorten: list[Soortnaam] = Field(min_length=1, max_length=len(SOORTEN), description="wat u wilt horen")


class WebhookRotatie(Invoer):
    """How a secret is replaced."""

    model_config = ConfigDict(json_schema_extra=_voorbeeld(overlap_uren=24))

    overlap_uren: int = Field(24, ge=0, le=168, description="zo lang wordt ook met het vorige geheim ondertekend")


class NotificatiesOpnieuw(Invoer):
    """What is to be told again."""

    model_config = ConfigDict(json_schema_extra=_voorbeeld(ids=[_NOTIFICATIE]))

    ids: list[str] | None = Field(None, min_length=1, max_length=1000, description="welke; zonder: alle die mislukten")


_WEBHOOK = {
    "id": _ID,
    "url": _URL,
    "soorten": ["bericht.afgekeurd", "bericht.ontvangen"],
    "toestand": "actief",
    "aangemaakt_op": "2026-03-02T11:00:00Z",
    "gewijzigd_op": "2026-03-02T11:00:00Z",
    "vorig_geheim_tot": None,
    "rust_tot": None,
}


class WebhookUit(BaseModel):
    """A webhook, without its secret."""

    model_config = ConfigDict(json_schema_extra=_voorbeeld(**_WEBHOOK))

    id: str
    url: str
    soorten: list[str]
    toestand: Webhooktoestand
    aangemaakt_op: datetime
    gewijzigd_op: datetime = Field(description="wanneer de toestand of het geheim wijzigde")
    vorig_geheim_tot: datetime | None = Field(description="tot dan wordt ook met het vorige geheim ondertekend")
    rust_tot: datetime | None = Field(description="tot dan wordt hij met rust gelaten: er kwam niets aan")


class WebhookMetGeheim(WebhookUit):
    """A webhook with its secret: that is told once."""

    model_config = ConfigDict(json_schema_extra=_voorbeeld(**_WEBHOOK, geheim=_GEHEIM))

    geheim: str = Field(description="waarmee u een aanroep controleert; het is nergens meer op te vragen")


class Webhooklijst(BaseModel):
    """All webhooks of a party."""

    items: list[WebhookUit]


class WebhooksoortUit(BaseModel):
    """A kind of what can be told."""

    naam: str
    type: str = Field(description="zoals het in de aanroep staat")
    omschrijving: str


class Webhooksoorten(BaseModel):
    """All kinds of what can be told."""

    model_config = ConfigDict(
        json_schema_extra=_voorbeeld(
            items=[
                {"naam": soort.naam, "type": soort.type, "omschrijving": soort.omschrijving}
                for soort in list(SOORTEN.values())[:1]
            ]
        )
    )

    items: list[WebhooksoortUit]


class Proefaanroep(BaseModel):
    """What came of a test call."""

    model_config = ConfigDict(
        json_schema_extra=_voorbeeld(gelukt=False, status=500, reden="De ontvanger antwoordde met HTTP 500.")
    )

    gelukt: bool
    status: int | None = Field(description="van het antwoord; leeg: er kwam er geen")
    reden: str = Field(description="waarom het niet lukte; leeg: het lukte")


class NotificatieUit(BaseModel):
    """What a webhook was not told (yet)."""

    id: str
    soort: str
    onderwerp: str = Field(description="het id van waar het over gaat")
    dataref: str | None = Field(description="waar dat te bekijken is")
    moment: datetime = Field(description="wanneer het gebeurde")
    pogingen: int
    volgende_op: datetime | None = Field(description="wanneer het opnieuw wordt geprobeerd; leeg: het is opgegeven")
    reden: str = Field(description="wat de laatste poging opleverde")


class Notificatielijst(BaseModel):
    """A page of what failed, the oldest first, and the cursor that gives what comes after."""

    model_config = ConfigDict(
        json_schema_extra=_voorbeeld(
            items=[
                {
                    "id": _NOTIFICATIE,
                    "soort": "bericht.ontvangen",
                    "onderwerp": _BERICHT,
                    "dataref": f"/v1/berichten/{_BERICHT}",
                    "moment": "2026-03-02T11:00:00Z",
                    "pogingen": 3,
                    "volgende_op": "2026-03-02T11:06:00Z",
                    "reden": "De ontvanger antwoordde met HTTP 503.",
                }
            ],
            volgende=f"notificaties.1772449200.000000.{_NOTIFICATIE}",
        )
    )

    items: list[NotificatieUit]
    volgende: str = Field(description="geef mee als `na`")


class OpnieuwAantal(BaseModel):
    """How many are told again."""

    model_config = ConfigDict(json_schema_extra=_voorbeeld(aantal=1))

    aantal: int


def _velden(webhook: Webhook) -> dict[str, Any]:
    return {
        "id": webhook.id,
        "url": webhook.url,
        "soorten": sorted(webhook.soorten),
        "toestand": webhook.toestand,
        "aangemaakt_op": _utc(webhook.aangemaakt_op),
        "gewijzigd_op": _utc(webhook.gewijzigd_op),
        "vorig_geheim_tot": _utc(webhook.vorig_tot),
        "rust_tot": _utc(webhook.rust_tot),
    }


def webhook_uit(webhook: Webhook) -> WebhookUit:
    """A webhook as an answer."""
    return WebhookUit(**_velden(webhook))


def met_geheim(webhook: Webhook) -> WebhookMetGeheim:
    """The same with its secret."""
    return WebhookMetGeheim(**_velden(webhook), geheim=webhook.geheim)


def notificatie_uit(rij: Onbezorgd) -> NotificatieUit:
    """What failed, as an answer."""
    een = rij.notificatie
    return NotificatieUit(
        id=een.id,
        soort=een.soort,
        onderwerp=een.onderwerp,
        dataref=een.pad,
        moment=een.moment.astimezone(UTC),
        pogingen=rij.pogingen,
        volgende_op=_utc(rij.volgende_op),
        reden=rij.fout,
    )


def _utc(moment: datetime | None) -> datetime | None:
    return moment and moment.astimezone(UTC)
