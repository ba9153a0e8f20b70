"""Between parties: who may send what to whom, taking messages in, postvakken."""
