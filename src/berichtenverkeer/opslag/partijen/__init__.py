"""Parties, who acts for them, and what they agreed."""
