"""The exchange that carries the messages: envelopes, doors and delivery of VSP and StUF-GGK."""
