# shellcheck shell=sh
# One session a query, in a read-only transaction with a limit on its time. The password comes from an option file
# (~/.my.cnf, MYSQL_DEFAULTS_FILE) or MYSQL_PWD, never from an argument.
# shellcheck source=probe.sh
. "$KIT_HOME/lib/probe.sh"

my() { # FILE [the client's own options]
  sql=$1
  shift
  set -- --batch --connect-timeout=10 --default-character-set=utf8mb4 "$@"
  if [ -n "${MYSQL_DEFAULTS_FILE-}" ]; then set -- --defaults-extra-file="$MYSQL_DEFAULTS_FILE" "$@"; fi
  set -- "$@" ${MYSQL_HOST:+--host="$MYSQL_HOST"} ${MYSQL_PORT:+--port="$MYSQL_PORT"} ${MYSQL_USER:+--user="$MYSQL_USER"}
  [ -z "${MYSQL_DATABASE-}" ] || set -- "$@" "$MYSQL_DATABASE"
  cat "$KIT_HOME/sql/mysql/begin.sql" "$KIT_HOME/sql/mysql/$sql" | mysql "$@"
}
