# shellcheck shell=sh
# Queries of Prometheus' own interface, with a limit on their time there.
# shellcheck source=http.sh
. "$KIT_HOME/lib/http.sh"

prometheus() { # PATH [curl's own options]
  path=$1
  shift
  http "${PROM_HEADER_FILE-}" --fail --max-filesize 20000000 --get "$@" "${PROM_URL%/}$path"
}
