#!/bin/sh
# Read requests at a steady, low rate. What the script needs, credentials too, comes through the environment.
# shellcheck source=../lib/probe.sh
. "$KIT_HOME/lib/probe.sh"
K6_SUMMARY=$KIT_PART/summary K6_NO_USAGE_REPORT=true
export K6_SUMMARY K6_NO_USAGE_REPORT K6_BASE_URL K6_PATHS K6_RATE K6_SECONDS
if [ -n "${HTTP_HEADER_FILE-}" ]; then
  [ -r "$HTTP_HEADER_FILE" ] || fail "$M_NOT_SET HTTP_HEADER_FILE"
  K6_HEADERS=$(cat "$HTTP_HEADER_FILE")
  export K6_HEADERS
fi
rm -f "$K6_SUMMARY"
load() {
  {
    k6 run --quiet --no-color "$KIT_HOME/k6/scenario.js" 2>&1
    echo $? >"$KIT_PART/ended"
  } | redact message | tail -n 3 >"$KIT_PART/log"
  if [ "$(cat "$KIT_PART/ended")" -ne 0 ]; then
    cat "$KIT_PART/log" >&2
    return 1
  fi
  cat "$K6_SUMMARY"
}
capture load-reads.json load
