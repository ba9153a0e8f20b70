"""Delivery to the endpoint of a party: what lies in its postvak, pushed until it has it."""
