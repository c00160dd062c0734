#!/bin/sh
# The headers of an answer, as `curl -v` prints them; of the request its first line alone, of the connection its protocol.
# shellcheck source=../lib/http.sh
. "$KIT_HOME/lib/http.sh"

dump() { # ADDRESS: with a foreign origin, and an id that a good service hands back
  http "${HTTP_HEADER_FILE-}" --verbose --output /dev/null -H 'Origin: https://groma-kit.example' \
    -H 'X-Request-ID: groma-kit-probe' "$1" 2>&1 | tr -d '\r' | awk '
    /^curl: / { why = $0 }
    /^\* SSL connection using/ { print; next }
    /^> [A-Z]+ [^ ]+ HTTP\// { sub(/\?[^ ]*/, ""); print; print ">"; next }
    /^< / {
      answered = 1
      lower = tolower($0)
      if (lower ~ /^< set-cookie:/) { sub(/=[^;]*/, "=***"); sub(/[Dd]omain=[^;]*/, "Domain=(left out)") }
      else if (lower ~ /^< (location|content-location|link|refresh):/) { sub(/:.*/, ": (left out)") }
      else if (lower ~ /^< [a-z0-9-]*(token|key|auth|secret|session|csrf|xsrf)[a-z0-9-]*:/) { sub(/:.*/, ": ***") }
      print
    }
    /^<$/ { print }
    END {
      if (why != "") print why >"/dev/stderr"
      exit why != "" || !answered
    }'
}
number=0 failed=''
for address in $HTTP_URLS; do
  number=$((number + 1))
  [ "$number" -gt 50 ] && break
  attempt "$(printf 'headers-%02d.txt' "$number")" dump "$address" || failed=$(cat "$KIT_PART/err")
  sleep 1
done
if [ -n "$failed" ]; then
  ls "$KIT_OUT"/headers-*.txt >/dev/null 2>&1 || fail "$failed"
  because "$M_PARTLY $failed"
fi
