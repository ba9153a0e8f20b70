"""Proposals for 301, 305, 307, 315, 317 and 319, from what a dossier says."""
