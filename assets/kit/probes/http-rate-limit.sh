#!/bin/sh
# A short burst of GET requests to one address, one after the other, and how many of each status came back. It ends at the
# first twenty refusals (429), because more would tell nothing new.
# shellcheck source=../lib/http.sh
. "$KIT_HOME/lib/http.sh"
# shellcheck disable=SC2086 # addresses with spaces between them
set -- ${HTTP_URLS-}
[ $# -gt 0 ] || skip "$M_NOT_SET HTTP_URLS"
burst=$(bounded "$HTTP_BURST" 0 1000)
[ "$burst" -gt 0 ] || skip "$M_NOT_SET HTTP_BURST"
sent=0 refused=0 address=$1
: >"$KIT_PART/statuses"
while [ "$sent" -lt "$burst" ] && [ "$refused" -lt 20 ]; do
  status=$(http "${HTTP_HEADER_FILE-}" --output /dev/null --write-out '%{http_code}' "$address" 2>&1) || fail "$status"
  echo "$status" >>"$KIT_PART/statuses"
  sent=$((sent + 1))
  [ "$status" = 429 ] && refused=$((refused + 1))
done
written() {
  path=$(printf '%s' "$address" | sed 's|^[a-z]*://[^/]*||; s|[?#].*$||')
  {
    printf 'http.requests\t%s\tGET %s\n' "$sent" "${path:-/}"
    # That none was refused is a result, too.
    printf '429\n' | cat "$KIT_PART/statuses" - | sort | uniq -c |
      awk '{ count = $1 - ($2 == 429); printf "http.status.responses\t%d\t%s\n", count, $2 }'
  } | facts "GET ${path:-/}"
}
capture rate-limit.json written
