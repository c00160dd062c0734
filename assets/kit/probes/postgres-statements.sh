#!/bin/sh
# shellcheck source=../lib/postgres.sh
. "$KIT_HOME/lib/postgres.sh"
extension pg_stat_statements
attempt_quietly pg statements-seen.sql -A -t -v ext="$schema"
[ "$said" != f ] || fail "$M_NO_RIGHT pg_read_all_stats"
capture statements.csv pg statements.sql -v ext="$schema"
