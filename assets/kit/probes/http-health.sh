#!/bin/sh
# One request to each health endpoint: its status alone.
# shellcheck source=../lib/http.sh
. "$KIT_HOME/lib/http.sh"
one() { # SUBJECT ADDRESS
  [ -z "$2" ] && return
  status=$(http '' --output /dev/null --write-out '%{http_code}' "$2" 2>/dev/null) || status=000
  case $status in
    000) echo "$1" >>"$KIT_PART/silent" ;;
    2??) printf 'health.up\t1\t%s\t\tHTTP %s\n' "$1" "$status" ;;
    *) printf 'health.up\t0\t%s\t\tHTTP %s\n' "$1" "$status" ;;
  esac
}
written() {
  { one liveness "${HTTP_LIVENESS_URL-}"; one readiness "${HTTP_READINESS_URL-}"; } | facts 'health endpoints'
}
rm -f "$KIT_PART/silent"
attempt health.json written || fail "$M_NOTHING $(tr '\n' ' ' <"$KIT_PART/silent" 2>/dev/null)"
[ ! -f "$KIT_PART/silent" ] || because "$M_PARTLY $(tr '\n' ' ' <"$KIT_PART/silent")"
