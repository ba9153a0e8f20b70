"""Clients that others' generators make of our OpenAPI do the whole day of a provider's back-office, XML bodies included."""

import importlib
import io
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.conftest import MaakDatabase
from tests.gereedschap import generator, npm_map
from tests.knoop import Knoop, Paar, knoop

HIER = Path(__file__).parent


@pytest.fixture(scope="module")
def node(sqlite: MaakDatabase) -> Iterator[Knoop]:
    """A node in proefmodus."""
    with knoop(sqlite.gereed(), proefmodus=True) as k:
        yield k


@pytest.fixture
def paar(node: Knoop) -> Paar:
    """A gemeente and an aanbieder with a toewijzing that nobody looked at."""
    paar = node.paar()
    paar.gemeente.goedgekeurd(paar.dossier().toewijzing())
    return paar


@pytest.fixture(scope="module")
def document(node: Knoop, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our OpenAPI, as the node gives it."""
    pad = tmp_path_factory.mktemp("openapi") / "openapi.json"
    pad.write_bytes(httpx.get(f"{node.url}/v1/openapi.json", timeout=60).raise_for_status().content)
    return pad


class Gemaakt:
    """The package that openapi-python-client made, for one party."""

    def __init__(self, node: Knoop, partij: str) -> None:
        klant = importlib.import_module("gemaakt.client").AuthenticatedClient
        self._klant = klant(base_url=f"{node.url}/v1", token=node.tokens[partij], timeout=httpx.Timeout(60))

    def __enter__(self) -> "Gemaakt":
        self._klant.__enter__()
        return self

    def __exit__(self, *fout: object) -> None:
        self._klant.__exit__(*fout)

    def __call__(self, operatie: str, *plek: str, **vraag: Any) -> Any:
        """What an operation answers."""
        module = importlib.import_module(f"gemaakt.api.{operatie.partition('_')[0]}.{operatie}")
        return module.sync_detailed(*plek, client=self._klant, **vraag).parsed

    def model(self, naam: str, **velden: Any) -> Any:
        """A body."""
        return getattr(importlib.import_module("gemaakt.models"), naam).from_dict(velden)

    def xml(self, tekst: str) -> Any:
        """A body that is no JSON."""
        return importlib.import_module("gemaakt.types").File(payload=io.BytesIO(tekst.encode()))


def test_one_made_by_openapi_python_client(
    node: Knoop, paar: Paar, document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bin_ = generator()
    maak: list[str | Path] = [bin_ / "openapi-python-client", "generate", "--meta", "none", "--path", document]
    opties: list[str | Path] = ["--output-path", tmp_path / "gemaakt", "--config", HIER / "openapi-python-client.yaml"]
    omgeving = os.environ | {"PATH": os.pathsep.join((str(bin_), os.environ["PATH"]))}
    gemaakt = subprocess.run([*maak, *opties], capture_output=True, text=True, timeout=300, env=omgeving)
    assert (gemaakt.returncode, "WARNING" in gemaakt.stdout) == (0, False), gemaakt.stdout + gemaakt.stderr
    monkeypatch.syspath_prepend(tmp_path)
    bsn = paar.dossier().bsn
    with Gemaakt(node, paar.agb) as mij:
        [post] = mij("postvak_luister", limit=10).items
        traceer_id = post.referentiegegevens.traceer_id
        assert bsn.encode() in mij("berichten_haal_op", traceer_id).payload.read()
        assert mij("postvak_bevestig", traceer_id).status == "Bezorgd"

        assert len(mij("toewijzingen_zoek", limiet=5).items) == 1
        [toewijzing] = mij("toewijzingen_zoek_client", body=mij.model("Toewijzingenzoekvraag", bsn=bsn)).items
        vraag = mij.model("StartVraag", toewijzing=toewijzing.id, begindatum="2026-02-02")
        start = mij("voorstellen_start", body=vraag)
        assert mij("berichten_bied_aan", body=mij.xml(start.xml)).oordeel == "goedgekeurd"
        volume = {"toewijzingnummer": toewijzing.toewijzingnummer, "maand": "2026-02", "hoeveelheid": 60}
        volumes = [volume | {"eenheid": "01", "tarief": 5000}]
        [voorstel] = mij(
            "voorstellen_declaratie", body=mij.model("DeclaratieVraag", maand="2026-02", volumes=volumes)
        ).declaraties
        assert mij("berichten_bied_aan", body=mij.xml(voorstel.xml)).oordeel == "goedgekeurd"

        assert [een.toegekend for een in mij("declaraties_zoek", maand="2026-02").items] == [5000]
        verzonden = {een.berichtsoort for een in mij("berichten_zoek", richting="verzonden").items}
        assert verzonden == {"WMO302", "WMO305", "WMO323"}
        assert mij("werklijsten_alles").items == []
        assert mij("toewijzingen_zoek", limiet=1001).onjuist[0].melding == "is hoogstens 1000"


def test_one_made_by_orval(node: Knoop, paar: Paar, document: Path, tmp_path: Path) -> None:
    bin_ = npm_map() / "node_modules" / ".bin"
    uit = {"target": str(tmp_path / "klant.ts"), "client": "fetch", "mode": "single", "baseUrl": f"{node.url}/v1"}
    instelling = tmp_path / "orval.config.json"
    instelling.write_text(json.dumps({"knoop": {"input": {"target": str(document)}, "output": uit}}))

    def draai(*opdracht: str | Path, **omgeving: str) -> str:
        gedaan = subprocess.run(
            opdracht, cwd=tmp_path, capture_output=True, text=True, timeout=300, env=os.environ | omgeving
        )
        assert gedaan.returncode == 0, gedaan.stdout + gedaan.stderr
        return gedaan.stdout

    draai(bin_ / "orval", "--config", instelling)
    draai(bin_ / "esbuild", "klant.ts", "--format=esm", "--outfile=klant.mjs")
    (tmp_path / "dag.mjs").write_text((HIER / "dag.mjs").read_text())
    gezegd = json.loads(draai("node", "dag.mjs", TOKEN=node.tokens[paar.agb], BSN=paar.dossier().bsn))
    assert gezegd == {
        "opgehaald": True,
        "bevestigd": "Bezorgd",
        "lopend": 1,
        "start": "goedgekeurd",
        "declaratie": "goedgekeurd",
        "verzonden": ["WMO302", "WMO305", "WMO323"],
        "toegekend": [5000],
        "werk": [],
        "mis": [400, "is hoogstens 1000"],
    }
