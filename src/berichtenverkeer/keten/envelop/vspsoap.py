"""VECOZO's SOAP of before the REST of VSP (operation IndienenBericht): how it is known, and which door to take in its place."""

NAAMRUIMTE = "http://schemas.vecozo.nl/berichtuitwisseling/"
"""What the namespaces of its operations begin with, in every version of it."""


def is_vsp_soap(tag: str) -> bool:
    """Whether the element in a SOAP Body, by its tag as lxml has it, is one of its operations."""
    return tag.startswith(f"{{{NAAMRUIMTE}")


def wegwijzer(basis_url: str) -> str:
    """What software that speaks it is told; ``basis_url`` is the address of this node, without a slash at its end."""
    return (
        "De SOAP-dienst van VECOZO (IndienenBericht) is er op dit knooppunt niet. Dien een bericht in met de REST-dienst: "
        f"POST {basis_url}/vsp/berichten/rest-push/v1/berichten, als multipart/form-data met de delen berichtMetadata en "
        "payload; wat in de SOAP-headers staat, staat daar in berichtMetadata. "
        f"Software van een gemeente spreekt StUF: POST {basis_url}/ggk/ws/OntvangAsynchroon."
    )
