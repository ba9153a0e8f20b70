"""Sending a message from a page: by the way of every other, as long as who sends it is still logged in."""

from datetime import datetime

from fastapi import Request

from ...api import aanbieden
from ...api.rondom.knooppunt import Knooppunt
from ...inname.ontvangst import Ontvangst
from ...partijen.afspraken import Aanmelding
from ..toegang import Ik, nog_binnen


async def bied_aan(request: Request, data: bytes, knooppunt: Knooppunt, ik: Ik, nu: datetime) -> Ontvangst:
    """What became of the message. Raises ``Weigering``."""
    return (await aanbieden.bied_aan(data, knooppunt, Aanmelding((ik.partij,)), nu, nog_binnen(request, ik))).ontvangst
