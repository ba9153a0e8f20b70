"""Declaraties and their Prestaties."""
