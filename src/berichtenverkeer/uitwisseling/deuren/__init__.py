"""The doors that speak VSP and StUF-GGK: envelopes, their status, what lies ready for whom."""
