# shellcheck shell=sh
# What every probe uses: results that pass through the redaction on their way to the disk, and reasons.
# shellcheck source=../messages.sh
. "$KIT_HOME/messages.sh"
# Addresses hold question marks.
set -f

redact() { # MODE: standard input to standard output
  awk -v mode="$1" -f "$KIT_HOME/lib/redact.awk"
}

because() {
  printf '%s' "$*" | redact message | tr '\t\n' '  ' >"$KIT_PART/reason"
}

skip() {
  because "$@"
  exit 3
}

fail() {
  because "$@"
  exit 1
}

# attempt NAME COMMAND…: what the command prints becomes a result file. Only what is redacted touches the disk; of a
# command that fails nothing stays but its last words, in $KIT_PART/err.
attempt() {
  name=$1
  shift
  {
    {
      "$@" 2>&3 3>&-
      echo $? >"$KIT_PART/status"
    } | redact result >"$KIT_PART/new" 3>&-
  } 3>&1 | redact message >"$KIT_PART/err"
  if [ "$(cat "$KIT_PART/status")" -ne 0 ]; then
    rm -f "$KIT_PART/new"
    return 1
  fi
  if [ ! -s "$KIT_PART/new" ]; then
    rm -f "$KIT_PART/new"
    [ -s "$KIT_PART/err" ] || echo "$M_NOTHING" >"$KIT_PART/err"
    return 1
  fi
  mkdir -p "$KIT_OUT"
  mv "$KIT_PART/new" "$KIT_OUT/$name"
  printf '%s\t%s\n' "$KIT_PROBE" "$KIT_GROUP/$name" >>"$KIT_PART/files"
}

# The same, and the probe ends where it fails.
capture() {
  attempt "$@" || fail "$(grep -v '^ *$' "$KIT_PART/err" | head -n 3 | tr '\n' ' ')"
}

# facts SUBJECT: lines of metric, value, subject, place and text, with tabs between them, as JSON.
facts() {
  awk -F '\t' -v about="$1" -v version="$KIT_VERSION" -v now="$(date -u +%Y-%m-%dT%H:%M:%SZ)" -f "$KIT_HOME/lib/json.awk" -f "$KIT_HOME/lib/facts.awk"
}

# A whole number of a setting, or what is usual; never more than the most.
bounded() { # VALUE USUAL MOST
  case $1 in '' | *[!0-9]*) number=$2 ;; *) number=$1 ;; esac
  if [ "$number" -gt "$3" ]; then number=$3; fi
  printf '%s' "$number"
}
