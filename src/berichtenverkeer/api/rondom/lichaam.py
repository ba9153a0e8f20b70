"""The body of a request that carries a document. How large it may be is what the gate says: no more comes in."""

from collections.abc import AsyncGenerator, Collection, Mapping

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from ..antwoord.problemen import Probleem

XML_SOORTEN = ("application/xml", "text/xml")
"""The media types that are taken for a document."""

BYTES = {"type": "string", "format": "binary"}
"""What an OpenAPI says of a body that is no JSON: its bytes, as they are. A generated client would write text in an encoding of its own."""


def mediatype(kop: Mapping[str, str]) -> str:
    """The media type of a body as its headers announce it, without parameters; empty when they do not."""
    return kop.get("content-type", "").partition(";")[0].strip().lower()


def verwijzing(model: type[BaseModel]) -> dict[str, str]:
    """What an OpenAPI says of a body that has this form."""
    return {"$ref": f"#/components/schemas/{model.__name__}"}


def als_onjuist(fout: ValidationError) -> RequestValidationError:
    """What is wrong in a body that was read here, as the framework tells it of one that it reads itself."""
    gevallen = fout.errors(include_url=False, include_input=False)
    return RequestValidationError([geval | {"loc": ("body", *geval["loc"])} for geval in gevallen])


async def lees_xml(request: Request, soorten: Collection[str] = XML_SOORTEN) -> bytes:
    """The bytes of an XML body. Raises problem 415 for another media type than these."""
    if mediatype(request.headers) not in soorten:
        raise Probleem(
            415,
            "geen-xml",
            "De inhoud is niet aangekondigd als XML.",
            "Geef de header 'Content-Type: application/xml' mee.",
        )
    return await lees_bytes(request)


async def lees_bytes(request: Request) -> bytes:
    """The bytes of a body."""
    return b"".join([deel async for deel in stroom(request)])


def stroom(request: Request) -> AsyncGenerator[bytes, None]:
    """The parts of a body as they come. Raises problem 415 for a compressed body, which would have no limit to what is in it."""
    if request.headers.get("content-encoding", "").strip().lower() not in ("", "identity"):
        raise Probleem(
            415,
            "gecomprimeerd",
            "De inhoud is aangekondigd als gecomprimeerd (Content-Encoding); dat leest dit knooppunt niet.",
            "Stuur de inhoud zoals zij is, zonder Content-Encoding.",
            {"Accept-Encoding": "identity"},
        )
    return request.stream()
