"""What a hoofdaannemer and its partners do at the back-office: the use cases, one module each, beside the pure rules of
``hoofdaannemer`` and the tables of ``opslag``.

Everything is asked of a ``Bedrijfsbureau``, that of one hoofdaannemer, or of a ``partner.Balie``, where one partner comes. Each act is one
transaction. What can be wrong is told in the same words everywhere: ``Geweigerd`` (HTTP 422, with ``bezwaren`` and
``niet_gedekt``), ``Botsing`` (409) and ``NietGevonden`` (404); ``hoofdaannemer.fouten`` has them. Days and moments are arguments.

==================  ==========================================================================================================
``handelingen``     plaats, beeindig, draag_over, wijzig_klasse, trek_in, boek_geleverd: each gives ``Gedaan``
``inzetten``        zoek, geef, verhaal, partners_op; who asks says which list: VAN_HOOFDAANNEMER or VAN_PARTNER
``partner``         neem_aan, weiger, meld; melding, the inzorgmelding or uitzorgmelding; ``opslag.bureau.inzetten.postvak`` lists them
``partnermeldingen`` meld_alle, what a partner reports as a file
``omzettingen``     zoek, zet_over: product conversions
``laden``           laden.laad and laad_vragenlijst, uitnemen.neem_uit
``maandstaten``     maandstaten, stel_vast
``facturen``        uit_tabel, controleer (and keep)
``betaalschema``    betaalschema
``herindicaties``   herindicaties
``bezetting``       bezetting
``zwaarte``         vragenlijst, vul_in, ingevuld
==================  ==========================================================================================================

Figures that rest on a setting come with it: ``(figures, keuzes)``.
"""
