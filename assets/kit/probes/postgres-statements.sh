#!/bin/sh
# shellcheck source=../lib/postgres.sh
. "$KIT_HOME/lib/postgres.sh"
extension pg_stat_statements
capture statements.csv pg statements.sql -v ext="$schema"
