"""The replay room: a flow of messages written as a small YAML file, composed, played against an installation and compared."""
