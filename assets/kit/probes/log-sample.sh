#!/bin/sh
# The last lines of the application's log are counted: how many are JSON objects, how many carry a request or trace id.
# No line is kept.
# shellcheck source=../lib/probe.sh
. "$KIT_HOME/lib/probe.sh"
most=$(bounded "${LOG_LINES-}" 500 10000)
lines() {
  if [ -n "${LOG_FILE-}" ]; then tail -n "$most" "$LOG_FILE"; else sh -c "$LOG_COMMAND" 2>/dev/null | tail -n "$most"; fi
}
written() {
  lines | awk '
    /^[ \t]*$/ { next }
    {
      all++
      json += /^[ \t]*\{.*\}[ \t\r]*$/ && /"[A-Za-z_@.-]+"[ \t]*:/
      ids += tolower($0) ~ /(request|correlation|trace|req)[-_. ]?id"?[ \t]*[:=]|traceparent/
    }
    END {
      if (all == 0) exit
      printf "obs.logs.lines\t%d\n", all
      printf "obs.logs.json.ratio\t%.6f\n", json / all
      printf "obs.logs.request_id.ratio\t%.6f\n", ids / all
    }' | facts log
}
[ -z "${LOG_FILE-}" ] || [ -r "$LOG_FILE" ] || fail "$M_REFUSED LOG_FILE"
attempt log-lines.json written || fail "$M_NO_LINES"
