#!/bin/sh
# Maakt de twee rollen en de database, de eerste keer dat PostgreSQL start. BV_BEHEER en BV_DIENST zijn hun wachtwoorden.
set -eu
psql --set=ON_ERROR_STOP=1 --set=beheer="$BV_BEHEER" --set=dienst="$BV_DIENST" --username "${POSTGRES_USER:-postgres}" <<'SQL'
CREATE ROLE bv_beheer LOGIN PASSWORD :'beheer';
CREATE ROLE bv_dienst LOGIN PASSWORD :'dienst';
CREATE DATABASE berichtenverkeer OWNER bv_beheer;
SQL
