"""Dossiers: their toewijzingen and requests, as they stand and as they are searched."""
