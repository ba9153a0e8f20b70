"""VECOZO's older SOAP (IndienenBericht): a soap:Fault that says which door to take, wherever it comes."""

from pathlib import Path

import httpx
import pytest
import zeep
from tests.ggk import DEUR
from tests.knoop import Knoop, Paar
from tests.vsp import PULL, PUSH

from berichtenverkeer.keten.envelop.stuf import SoapFout, lees_antwoord

_V3 = "http://schemas.vecozo.nl/berichtuitwisseling/v3"
_VERZOEK = f"""<?xml version="1.0" encoding="UTF-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:b="{_V3}">
  <s:Header><b:ConversatieHeader/></s:Header>
  <s:Body><b:IndienenBericht><b:Request>UEsDBBQA</b:Request></b:IndienenBericht></s:Body>
</s:Envelope>""".encode()

_SOAP = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{_V3}/IndienenBericht"'}

ADRESSEN = ("/push/v3.0", "/vsp", "/vsp/berichtuitwisseling/v3", PUSH, f"{PULL}/x", DEUR)
"""Where it may be sent: an address that a test double of VECOZO had, one that is not there, and doors for something else."""


def _fout(antwoord: httpx.Response) -> str:
    assert (antwoord.status_code, antwoord.headers["content-type"]) == (500, "text/xml; charset=utf-8"), antwoord.text
    fout = lees_antwoord(antwoord.content)
    assert isinstance(fout, SoapFout)
    assert fout.faultcode == "Client"
    return fout.faultstring


@pytest.mark.parametrize("pad", ADRESSEN)
def test_it_says_which_door_to_take(node: Knoop, bezoeker: Paar, pad: str) -> None:
    zin = _fout(bezoeker.aanbieder.post(pad, content=_VERZOEK, headers=_SOAP))
    assert f"{node.url}{PUSH}" in zin
    assert f"{node.url}{DEUR}" in zin


def test_without_a_credential_too(node: Knoop) -> None:
    """Its own credentials mean nothing here; a door that exists asks for one first."""
    for soort in (_SOAP, {"Content-Type": "application/soap+xml"}):
        assert PUSH in _fout(node.klant(None).post("/push/v3.0", content=_VERZOEK, headers=soort))
    assert node.klant(None).post(PUSH, content=_VERZOEK, headers=_SOAP).status_code == 401


def test_what_is_no_soap_hears_nothing_of_it(bezoeker: Paar) -> None:
    assert bezoeker.aanbieder.post("/push/v3.0", json={}).status_code == 404
    assert bezoeker.aanbieder.get("/push/v3.0", headers=_SOAP).status_code == 404
    assert bezoeker.aanbieder.post(f"{PULL}/x", json={}).status_code == 405


_WSDL = f"""<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:b="{_V3}" targetNamespace="{_V3}">
  <types><x:schema targetNamespace="{_V3}" elementFormDefault="qualified">
    <x:element name="IndienenBericht"><x:complexType><x:sequence>
      <x:element name="Request" type="x:base64Binary"/>
    </x:sequence></x:complexType></x:element>
    <x:element name="IndienenBerichtResponse" type="x:string"/>
  </x:schema></types>
  <message name="In"><part name="p" element="b:IndienenBericht"/></message>
  <message name="Uit"><part name="p" element="b:IndienenBerichtResponse"/></message>
  <portType name="Push"><operation name="IndienenBericht">
    <input message="b:In"/><output message="b:Uit"/>
  </operation></portType>
  <binding name="Soap" type="b:Push">
    <s:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="IndienenBericht"><s:operation soapAction="{_V3}/IndienenBericht"/>
      <input><s:body use="literal"/></input><output><s:body use="literal"/></output>
    </operation>
  </binding>
</definitions>"""
"""A WSDL with the one operation; that of VECOZO is not public."""


def test_a_client_of_soap_hears_it(node: Knoop, tmp_path: Path) -> None:
    wsdl = tmp_path / "push.wsdl"
    wsdl.write_text(_WSDL)
    klant = zeep.Client(str(wsdl))  # type: ignore[no-untyped-call]
    with klant.transport.session:
        dienst = klant.create_service(f"{{{_V3}}}Soap", f"{node.url}/push/v3.0")  # type: ignore[no-untyped-call]
        with pytest.raises(zeep.exceptions.Fault) as fout:
            dienst.IndienenBericht(Request=b"PK")
    assert PUSH in fout.value.message
