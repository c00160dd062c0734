#!/bin/sh
# shellcheck source=../lib/postgres.sh
. "$KIT_HOME/lib/postgres.sh"
extension pgstattuple
most=$(bounded "${PG_BLOAT_MAX_MB-}" 1024 65536)
capture index-bloat.txt pg index-bloat.sql -v limit=240s -v ext="$schema" -v most_mb="$most"
attempt_quietly pg index-bloat-left.sql -A -t -v most_mb="$most"
[ "$said" = 0 ] || because "$M_LEFT_OUT $said"
