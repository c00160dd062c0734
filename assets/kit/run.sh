#!/bin/sh
# Runs the probes of this folder and writes what they find into one results folder. Reads only.
set -uf
umask 077
KIT_HOME=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 2
# shellcheck source=messages.sh
. "$KIT_HOME/messages.sh"

usage() {
  printf '%s\n' "$M_USAGE"
}

yes=no only='' out='' plan_only=no
KIT_REDACT=yes
while [ $# -gt 0 ]; do
  case $1 in
    --yes) yes=yes ;;
    --plan) plan_only=yes ;;
    --no-redact) KIT_REDACT=no ;;
    --only) only=${2-}; [ $# -gt 1 ] && shift ;;
    --only=*) only=${1#*=} ;;
    --out) out=${2-}; [ $# -gt 1 ] && shift ;;
    --out=*) out=${1#*=} ;;
    --help | -h) usage; exit 0 ;;
    *) printf '%s %s\n\n' "$M_UNKNOWN_OPTION" "$1" >&2; usage >&2; exit 2 ;;
  esac
  shift
done

# What stands in the file counts; what it leaves out may come from the environment.
set -a
# shellcheck source=/dev/null
[ -f "$KIT_HOME/settings.env" ] && . "$KIT_HOME/settings.env"
set +a

table=$KIT_HOME/probes.tsv
tab=$(printf '\t')
wanted() { # ID GROUP: whether --only leaves it in
  [ -z "$only" ] && return 0
  case ",$only," in *",$1,"* | *",$2,"*) return 0 ;; *) return 1 ;; esac
}

# A name that fits nothing is a slip: better asked about than passed over.
rest=$only,
while [ -n "$only" ] && [ -n "$rest" ]; do
  name=${rest%%,*} rest=${rest#*,}
  [ -z "$name" ] && continue
  if ! cut -f 1,2 "$table" | tr '\t' '\n' | grep -qxF -e "$name"; then
    printf '%s %s\n%s %s\n' "$M_UNKNOWN_PROBE" "$name" "$M_KNOWN" \
      "$(cut -f 1,2 "$table" | tr '\t' '\n' | sort -u | tr '\n' ' ')" >&2
    exit 2
  fi
done

obstacle() { # NEEDS SETTINGS: why a probe cannot run, or nothing
  for command in $1; do
    command -v "$command" >/dev/null 2>&1 || { printf '%s %s' "$M_NO_COMMAND" "$command"; return; }
  done
  [ -z "$2" ] && return
  for variable in $(printf '%s' "$2" | tr '|' ' '); do
    eval "value=\${$variable-}"
    # shellcheck disable=SC2154 # assigned by the line above
    [ -n "$value" ] && return
  done
  printf '%s %s' "$M_NOT_SET" "$(printf '%s' "$2" | sed "s/|/ $M_OR /g")"
}

plan() {
  printf '%s\n\n' "$M_PLAN"
  while IFS=$tab read -r id group limit needs settings _ title; do
    wanted "$id" "$group" || continue
    why=$(obstacle "$(unset_dash "$needs")" "$(unset_dash "$settings")")
    printf '  %s (%s)\n' "$title" "$id"
    sed 's/^/      /' "$KIT_HOME/probes/$id.txt"
    if [ -n "$why" ]; then
      printf '      %s %s\n\n' "$M_WILL_SKIP" "$why"
    else
      printf '      %s %s s\n\n' "$M_AT_MOST" "$limit"
    fi
  done <"$table"
  if [ "$KIT_REDACT" = yes ]; then printf '%s\n' "$M_REDACTED"; else printf '%s\n' "$M_NOT_REDACTED"; fi
}

# Empty columns are written as a dash: a tab counts as white space to `read`, and two of them as one.
unset_dash() {
  [ "$1" = - ] || printf '%s' "$1"
}

plan
[ "$plan_only" = yes ] && exit 0

out=${out:-groma-results-$(date -u +%Y%m%d-%H%M%S)}
case $out in /*) ;; *) out=$(pwd)/$out ;; esac
if [ -e "$out" ] && { [ ! -d "$out" ] || [ -n "$(ls -A "$out")" ]; }; then
  printf '%s %s\n' "$M_NOT_EMPTY" "$out" >&2
  exit 2
fi
printf '%s %s\n\n' "$M_GOES_TO" "$out"
if [ "$yes" = no ]; then
  if [ ! -t 0 ]; then printf '%s\n' "$M_NOT_ASKED" >&2; exit 2; fi
  printf '%s ' "$M_ASK"
  read -r answer || answer=
  case $answer in [yYjJ]*) ;; *) printf '%s\n' "$M_NOTHING_DONE"; exit 0 ;; esac
fi

# Hidden, so that an import passes over it should this script be killed; gone at the end.
work=$out/.part
mkdir -p "$work" || exit 2
KIT_VERSION=$(cat "$KIT_HOME/VERSION")
started=$(date -u +%Y-%m-%dT%H:%M:%SZ)
: >"$work/state"
: >"$work/files"

# Values that must not be in the results whatever prints them: one a line, first the secrets, then names.
KIT_SECRETS=$(
  printf '%s\n' "${PGPASSWORD-}" "${REDISCLI_AUTH-}" "${MYSQL_PWD-}"
  [ -n "${HTTP_HEADER_FILE-}" ] && [ -r "$HTTP_HEADER_FILE" ] && sed 's/^[^:]*: *//; s/^[A-Za-z]* //' "$HTTP_HEADER_FILE"
  [ -n "${APP_METRICS_HEADER_FILE-}" ] && [ -r "$APP_METRICS_HEADER_FILE" ] && sed 's/^[^:]*: *//; s/^[A-Za-z]* //' "$APP_METRICS_HEADER_FILE"
  [ -n "${PROM_HEADER_FILE-}" ] && [ -r "$PROM_HEADER_FILE" ] && sed 's/^[^:]*: *//; s/^[A-Za-z]* //' "$PROM_HEADER_FILE"
  :
)
KIT_NAMES=$(
  printf '%s\n' "${PGHOST-}" "${PGUSER-}" "${REDIS_HOST-}" "${REDIS_USER-}" "${MYSQL_HOST-}" "${MYSQL_USER-}" \
    "${PG_APP_ROLE-}" "$(hostname 2>/dev/null)"
  for address in ${HTTP_URLS-} "${HTTP_LIVENESS_URL-}" "${HTTP_READINESS_URL-}" "${K6_BASE_URL-}" "${PROM_URL-}" "${APP_METRICS_URL-}"; do
    printf '%s\n' "$address" | sed 's|^[a-z]*://||; s|[/?#].*$||; s|^.*@||; s|:[0-9]*$||'
  done
)
export KIT_HOME KIT_VERSION KIT_REDACT KIT_SECRETS KIT_NAMES

manifest() { # ENDED: written anew after every probe
  awk -v version="$KIT_VERSION" -v started="$started" -v ended="$1" -v redacted="$KIT_REDACT" \
    -f "$KIT_HOME/lib/json.awk" -f "$KIT_HOME/lib/manifest.awk" "$table" "$work/files" "$work/state" >"$work/manifest" &&
    mv "$work/manifest" "$out/manifest.json"
}

note() { # ID STATUS SECONDS REASON
  printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" >>"$work/state"
  case $2 in
    ran) printf '  %s %s\n' "$M_RAN" "$4" ;;
    skipped) printf '  %s %s\n' "$M_SKIPPED" "$4" ;;
    *) printf '  %s %s\n' "$M_FAILED" "$4" ;;
  esac
  manifest ''
}

child='' stopped=no
stop() {
  stopped=yes
  [ -n "$child" ] && kill -TERM "$child" 2>/dev/null
}
trap stop INT TERM HUP

limited=
timeout -k 5 5 true 2>/dev/null && limited='timeout -k 5'

run_probe() { # ID GROUP LIMIT
  # A folder of its own: what a probe leaves running when it is ended can write into no other's files.
  KIT_PROBE=$1 KIT_GROUP=$2 KIT_OUT=$out/$2 KIT_PART=$work/$1
  export KIT_PROBE KIT_GROUP KIT_OUT KIT_PART
  mkdir "$KIT_PART"
  begun=$(date +%s)
  # In the background, so that this script hears a signal while it waits; `timeout` hands it on to all that it started.
  # shellcheck disable=SC2086 # the words of the limit
  ${limited:+$limited "$3"} sh "$KIT_HOME/probes/$1.sh" </dev/null >"$KIT_PART/said" 2>&1 &
  child=$!
  watch=
  if [ -z "$limited" ]; then
    (
      left=$3
      while [ "$left" -gt 0 ]; do sleep 1; left=$((left - 1)); done
      kill -TERM "$child"
    ) >/dev/null 2>&1 &
    watch=$!
  fi
  wait "$child"
  status=$?
  # A signal ends the waiting, not the probe.
  [ "$stopped" = yes ] && wait "$child" 2>/dev/null
  child=
  [ -n "$watch" ] && kill "$watch" 2>/dev/null
  took=$(($(date +%s) - begun))
  reason=$(cat "$KIT_PART/reason" 2>/dev/null)
  [ -z "$reason" ] && [ "$status" -ne 0 ] && reason=$(awk -v mode=message -f "$KIT_HOME/lib/redact.awk" "$KIT_PART/said" | sed -n '$p' | tr '\t' ' ')
  [ -f "$KIT_PART/files" ] && cat "$KIT_PART/files" >>"$work/files"
  rm -rf "$KIT_PART"
  if [ "$stopped" = yes ]; then
    note "$1" interrupted "$took" "$M_STOPPED"
  elif [ "$status" -eq 0 ]; then
    note "$1" ran "$took" "$reason"
  elif [ "$status" -eq 3 ]; then
    note "$1" skipped "$took" "$reason"
  elif [ "$status" -eq 124 ] || [ "$status" -eq 137 ] || [ "$status" -eq 143 ]; then
    note "$1" failed "$took" "$M_TOO_LONG $3 s"
  else
    note "$1" failed "$took" "${reason:-$M_ENDED_WITH $status}"
  fi
}

manifest ''
# On another descriptor: a probe that reads its standard input would eat the rest of the list.
while IFS=$tab read -r id group limit needs settings _ title <&4; do
  wanted "$id" "$group" || continue
  printf '%s\n' "$title"
  if [ "$stopped" = yes ]; then
    note "$id" skipped 0 "$M_STOPPED"
    continue
  fi
  why=$(obstacle "$(unset_dash "$needs")" "$(unset_dash "$settings")")
  if [ -n "$why" ]; then note "$id" skipped 0 "$why"; else run_probe "$id" "$group" "$limit"; fi
done 4<"$table"

manifest "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
rm -rf "$work"
printf '\n%s\n  %s\n%s\n' "$M_DONE" "$out" "$M_SEND"
[ "$stopped" = no ] || exit 130
