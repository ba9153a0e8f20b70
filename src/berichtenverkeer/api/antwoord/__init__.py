"""How answers look: their models, their form and their problems."""
