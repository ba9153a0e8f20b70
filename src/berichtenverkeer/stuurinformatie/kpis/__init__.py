"""The figures: each module is one, with its declaration as ``KPI``."""
