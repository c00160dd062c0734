# shellcheck shell=sh
# One session a query: in a read-only transaction, with limits that hold for that transaction alone, so that nothing
# stays behind on a connection that a pooler hands to somebody else.
# shellcheck source=probe.sh
. "$KIT_HOME/lib/probe.sh"
export LC_ALL=C PGCLIENTENCODING=UTF8 PGAPPNAME=groma-kit PGCONNECT_TIMEOUT=10

pg() { # FILE [psql's own options]: the password comes from PGPASSFILE, ~/.pgpass or PGPASSWORD, never from an argument
  sql=$1
  shift
  psql -X -q -w -P pager=off -v ON_ERROR_STOP=1 -v redact="$KIT_REDACT" "$@" \
    -f "$KIT_HOME/sql/postgres/begin.sql" -f "$KIT_HOME/sql/postgres/$sql"
}

# The schema of an extension; the probe is skipped where it is not installed.
extension() {
  attempt_quietly pg extension.sql -A -t -v name="$1"
  [ -n "$said" ] || skip "$M_NO_EXTENSION $1"
  # shellcheck disable=SC2034 # read by the probes
  schema=$said
}

# What a command says, which becomes no file.
attempt_quietly() {
  said=$("$@" 2>&1) || fail "$(printf '%s\n' "$said" | grep -v '^ *$' | head -n 3 | tr '\n' ' ')"
  said=$(printf '%s\n' "$said" | tail -n 1)
}
