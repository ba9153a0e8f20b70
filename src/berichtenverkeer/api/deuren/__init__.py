"""The doors that others dictate: StUF-GGK, VSP, the validation service."""
