"""Telling those who wait: a party names a URL, and hears there what happened to what is its own."""
