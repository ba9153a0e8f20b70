"""The envelopes of the exchange: StUF-GGK between a gemeente and the GGK, VSP between an aanbieder and VECOZO.

Values in, values out: no database, no HTTP, no clock (the moment is an argument) and no chance (so is what gives a new
UUID). The room uses ``standaard`` only. A message goes through it as::

    SOAP ─ stuf.lees_soap ─▶ Ontvangen ─ inhoud ─▶ Envelop ─ payload ─▶ bytes ─ standaard.lees ─▶ Bericht
    JSON ─ vsp.lees_metadata ─▶ BerichtMetadata ─ vertaling.naar_stuf ─▶ Envelop ─ stuf.schrijf_soap ─▶ SOAP

What is refused is refused with a code of the exchange: ``Afgekeurd.code``, one of ``codes``.
"""
