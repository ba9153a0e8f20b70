"""The files with which an operator installs a node, and what docs/beheer.md tells him to type, are of this software."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import make_url
from typer.main import get_command

from berichtenverkeer.api.gezondheid import router
from berichtenverkeer.cli import app
from berichtenverkeer.instellingen import Instellingen

WORTEL = Path(__file__).parents[2]
DEPLOY = WORTEL / "deploy"
BEHEER = (WORTEL / "docs" / "beheer.md").read_text(encoding="utf-8")
ANDERS = {"BV_TOT", "BV_BEHEER", "BV_DIENST"}
"""What is no setting: an example of what is none, and the passwords that rollen.sh takes."""


def _teksten() -> dict[str, str]:
    return {"beheer.md": BEHEER} | {pad.name: pad.read_text(encoding="utf-8") for pad in DEPLOY.iterdir()}


def _opdrachten() -> Iterator[tuple[str, ...]]:
    """Every command there is, by its words."""
    hoofd: Any = get_command(app)
    for naam in hoofd.list_commands(None):
        opdracht = hoofd.get_command(None, naam)
        yield (naam,)
        for onder in opdracht.list_commands(None) if hasattr(opdracht, "list_commands") else ():
            yield naam, onder


def test_every_setting_that_is_named_is_one() -> None:
    bekend = {f"BV_{naam.upper()}" for naam in Instellingen.model_fields} | ANDERS
    for naam, tekst in _teksten().items():
        assert set(re.findall(r"\bBV_[A-Z0-9_]+", tekst)) <= bekend, naam


def test_every_command_that_is_named_is_one() -> None:
    alle = set(_opdrachten())
    groepen = {een[0] for een in alle if len(een) == 2}
    woorden = "|".join(groepen)
    gezien = 0
    for naam, tekst in _teksten().items():
        for groep, onder in re.findall(rf"(?:`|berichtenverkeer |&& )({woorden}) ([a-z-]+)", tekst):
            assert (groep, onder) in alle, naam
            gezien += 1
    assert gezien > 25


def test_the_unit_is_one_that_systemd_takes() -> None:
    if (verify := shutil.which("systemd-analyze")) is None:
        pytest.skip("systemd is not there")
    gezegd = subprocess.run(
        [verify, "verify", "--man=no", DEPLOY / "berichtenverkeer.service"], capture_output=True, text=True
    )
    fouten = [
        regel for regel in gezegd.stderr.splitlines() if "/opt/berichtenverkeer/bin/berichtenverkeer" not in regel
    ]
    assert [regel for regel in fouten if "berichtenverkeer.service" in regel] == []


def test_the_compose_file_holds_together() -> None:
    alles = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    diensten = alles["services"]
    assert {"db", "sleutels", "tabellen", "knooppunt"} == diensten.keys()
    for naam, dienst in diensten.items():
        assert ("image" in dienst) is True, naam
        assert set(dienst.get("depends_on", ())) <= diensten.keys()
        for plek in dienst.get("volumes", ()):
            bron = plek.split(":")[0]
            assert bron in alles["volumes"] or (DEPLOY / bron).exists(), plek
        if naam != "db":
            assert (dienst["read_only"], dienst["cap_drop"]) == (True, ["ALL"])
    url = diensten["knooppunt"]["environment"]["BV_DATABASE_URL"]
    assert make_url(re.sub(r"\$\{[^}]+\}", "x", url)).username == "bv_dienst"
    assert ":ro" in next(een for een in diensten["knooppunt"]["volumes"] if een.startswith("sleutels"))


def test_the_kubernetes_example_holds_together() -> None:
    delen = {
        (een["kind"], een["metadata"]["name"]): een
        for een in yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text())
    }
    assert [kind for kind, _ in delen] == ["ConfigMap", "PersistentVolumeClaim", "Deployment", "Service", "Job"]
    geheimen = {"berichtenverkeer-sleutels", "berichtenverkeer-database"}
    routes = {route.path for route in router.routes}  # type: ignore[attr-defined]
    for (kind, _), deel in delen.items():
        if kind not in ("Deployment", "Job"):
            continue
        pod = deel["spec"]["template"]["spec"]
        assert pod["securityContext"]["runAsNonRoot"]
        [container] = pod["containers"]
        assert container["securityContext"]["readOnlyRootFilesystem"]
        assert {een["name"] for een in container["volumeMounts"]} == {een["name"] for een in pod["volumes"]}
        for plek in pod["volumes"]:
            if "secret" in plek:
                assert plek["secret"]["secretName"] in geheimen
            if "persistentVolumeClaim" in plek:
                assert ("PersistentVolumeClaim", plek["persistentVolumeClaim"]["claimName"]) in delen
        for bron in container["envFrom"]:
            assert ("ConfigMap", bron["configMapRef"]["name"]) in delen
        assert {een["valueFrom"]["secretKeyRef"]["name"] for een in container["env"]} <= geheimen
        for proef in (container.get(f"{soort}Probe") for soort in ("startup", "liveness", "readiness")):
            assert proef is None or proef["httpGet"]["path"] in routes
    kiest = delen["Service", "berichtenverkeer"]["spec"]["selector"]
    assert kiest == delen["Deployment", "berichtenverkeer"]["spec"]["template"]["metadata"]["labels"]
    for geheim in geheimen:
        assert f"create secret generic {geheim}" in BEHEER


def test_the_settings_of_the_unit_are_good(monkeypatch: pytest.MonkeyPatch) -> None:
    for regel in (DEPLOY / "omgeving").read_text().splitlines():
        if regel and not regel.startswith("#"):
            monkeypatch.setenv(*regel.split("=", 1))
    zo = Instellingen()
    assert zo.processen == 2
    assert make_url(zo.database_url).username == "bv_dienst"
