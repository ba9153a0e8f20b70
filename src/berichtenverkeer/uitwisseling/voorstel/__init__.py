"""Proposals for the next message, from what is stored; nothing is sent."""
