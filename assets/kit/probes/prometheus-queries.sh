#!/bin/sh
# The queries of queries.txt at one moment, their answers as measurements: labels but method and path are summed away by
# the server.
# shellcheck source=../lib/prometheus.sh
. "$KIT_HOME/lib/prometheus.sh"
method=${PROM_METHOD_LABEL:-method} path_label=${PROM_PATH_LABEL:-path}
for word in "$method" "$path_label" "${PROM_STATUS_LABEL:-status}" "${PROM_HTTP_HISTOGRAM:-http_request_duration_seconds}" "${PROM_WINDOW:-1h}"; do
  case $word in *[!A-Za-z0-9_:]*) fail "$M_REFUSED $word" ;; esac
done
tab=$(printf '\t')
: >"$KIT_PART/lines"
silent=''
while IFS=$tab read -r metric factor query; do
  case $metric in '' | '#'*) continue ;; esac
  query=$(printf '%s' "$query" | sed "s|%HISTOGRAM%|${PROM_HTTP_HISTOGRAM:-http_request_duration_seconds}|g; s|%METHOD%|$method|g; s|%PATH%|$path_label|g; s|%STATUS%|${PROM_STATUS_LABEL:-status}|g; s|%WINDOW%|${PROM_WINDOW:-1h}|g")
  answer=$(prometheus /api/v1/query --data-urlencode "query=$query" --data-urlencode 'timeout=20s' \
    ${PROM_TIME:+--data-urlencode "time=$PROM_TIME"} 2>&1) || fail "$answer"
  before=$(grep -c . "$KIT_PART/lines")
  printf '%s\n' "$answer" | awk -v metric="$metric" -v factor="$factor" -v by="$method $path_label" \
    -f "$KIT_HOME/lib/vector.awk" >>"$KIT_PART/lines"
  [ "$(grep -c . "$KIT_PART/lines")" -gt "$before" ] || silent="$silent $metric"
done <"$KIT_HOME/prometheus/queries.txt"
[ -s "$KIT_PART/lines" ] || fail "$M_NO_ANSWER$silent"
written() { facts Prometheus <"$KIT_PART/lines"; }
capture queries.json written
[ -z "$silent" ] || because "$M_NO_ANSWER$silent"
