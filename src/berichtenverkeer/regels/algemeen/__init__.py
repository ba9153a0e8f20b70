"""Rules that more than one kind of message has: its Header, its client, dates, products, stacking, doubles."""

from . import client, contact, datums, dubbel, kop, product, productcode, stapeling

KAMERS = (kop, client, contact, datums, dubbel, product, productcode, stapeling)
"""The modules that hold them."""
