"""What is told and given out. ``webhook`` is whom a party wants to be told of what, with how far it was told, and ``notificatie`` what
is still to be told; ``uitvoer`` is an export."""

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text, text

from ..personen import Zegelbytes, Zegeljson
from .basis import Moment, metadata

webhook = Table(
    "webhook",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("partij", String(8), ForeignKey("partij.code"), nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("geheim", Text, nullable=False, comment="whsec_…: waarmee een aanroep wordt ondertekend"),
    Column("vorig_geheim", Text, comment="waarmee hij tot vorig_tot ook wordt ondertekend"),
    Column("vorig_tot", Moment),
    Column("toestand", String(14), nullable=False, comment="actief, gepauzeerd of uitgeschakeld"),
    Column("aangemaakt_op", Moment, nullable=False),
    Column("gewijzigd_op", Moment, nullable=False, comment="wanneer de toestand of het geheim wijzigde"),
    Column("mislukt_achtereen", Integer, nullable=False, comment="zoveel keer na elkaar lukte er niets"),
    Column("rust_tot", Moment, comment="tot dan wordt hij niet aangeroepen"),
    comment="Waar een partij wil horen wat er gebeurt",
)

webhook_soort = Table(
    "webhook_soort",
    metadata,
    Column("webhook", String(36), ForeignKey("webhook.id"), primary_key=True),
    Column("soort", String(40), primary_key=True, comment="bericht.ontvangen"),
    comment="Wat een webhook wil horen",
)

webhook_plek = Table(
    "webhook_plek",
    metadata,
    Column("webhook", String(36), ForeignKey("webhook.id"), primary_key=True),
    Column("bron", String(20), primary_key=True),
    Column("nummer", BigInteger, nullable=False, comment="volgnummer, of van termijnen een dag"),
    Column("id", String(36), nullable=False, comment="van de laatste rij met dat nummer; leeg: nog geen"),
    comment="Tot waar er van elke bron notificaties zijn gemaakt",
)

_NIET_OPGEGEVEN = text("opgegeven_op IS NULL")

notificatie = Table(
    "notificatie",
    metadata,
    Column("webhook", String(36), ForeignKey("webhook.id"), primary_key=True),
    Column("id", String(36), primary_key=True, comment="UUID, afgeleid van wat er gebeurde: bij herhaling hetzelfde"),
    Column("soort", String(40), nullable=False),
    Column("onderwerp", String(40), nullable=False, comment="het id van waar het over gaat"),
    Column("pad", Text, comment="waar dat te bekijken is"),
    Column("moment", Moment, nullable=False, comment="wanneer het gebeurde"),
    Column("pogingen", Integer, nullable=False, comment="ook de poging die bezig is"),
    Column("volgende_op", Moment, nullable=False, comment="niet eerder dan dit moment"),
    Column("bezig_tot", Moment, comment="tot dan is een proces ermee bezig, naar de klok van het systeem"),
    Column("fout", Text, comment="wat de laatste poging opleverde"),
    Column("opgegeven_op", Moment, comment="vanaf dan geen poging meer"),
    Index(
        "ix_notificatie_open",
        "webhook",
        "volgende_op",
        sqlite_where=_NIET_OPGEGEVEN,
        postgresql_where=_NIET_OPGEGEVEN,
    ),
    comment="Wat een webhook nog moet horen; verdwijnt zodra hij het heeft",
)

uitvoer = Table(
    "uitvoer",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("partij", String(8), ForeignKey("partij.code"), nullable=False, index=True),
    Column("wat", String(20), nullable=False, comment="welke lijst"),
    Column("filters", Zegeljson("uitvoer.filters", ("partij",)), nullable=False),
    Column("sinds", BigInteger, comment="alleen wat na dit volgnummer wijzigde; leeg: alles"),
    Column("sinds_id", String(36), comment="en bij dat volgnummer na deze id"),
    Column("vorm", String(10), nullable=False, comment="ndjson, csv of parquet"),
    Column(
        "sleutel",
        Zegelbytes("uitvoer.sleutel", ("partij",)),
        comment="waarmee de bestanden zijn verzegeld; leeg: zij staan open",
    ),
    Column("toestand", String(10), nullable=False, comment="wacht, bezig, klaar of mislukt"),
    Column("aangevraagd_op", Moment, nullable=False),
    Column("moment", Moment, comment="waarop de lijst zo stond"),
    Column("hervat", Integer, nullable=False, comment="hoe vaak er na een onderbreking verder is gegaan"),
    Column("beurt", Integer, nullable=False, comment="van wie er nu mee bezig is"),
    Column("vergeefs", Integer, nullable=False, comment="hoe vaak het begon zonder dat er een bestand bij kwam"),
    Column("bezig_tot", Moment, comment="tot dan is er iemand mee bezig, naar de klok van het systeem"),
    Column("plek", BigInteger, comment="volgnummer van het laatste in de bestanden die er zijn"),
    Column("plek_id", String(36), comment="en zijn id"),
    Column("bestanden", JSON, nullable=False, comment="die af zijn: naam, aantal, bytes, sha256"),
    Column("vervallen", JSON, nullable=False, comment="ids van wat sinds toen uit de lijst verdween"),
    Column("klaar_op", Moment),
    comment="Lijsten die als bestand worden klaargezet",
)
