"""Rules that more than one kind of message has: its Header, its client, dates, products, stacking, doubles."""

from . import client, contact, datums, dubbel, kop, product, productcode, stapeling, tekst

KAMERS = (kop, client, contact, datums, dubbel, product, productcode, stapeling, tekst)
"""The modules that hold them."""
