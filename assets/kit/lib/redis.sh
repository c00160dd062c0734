# shellcheck shell=sh
# Commands that read, each answered at once; the password comes from REDISCLI_AUTH, never from an argument.
# shellcheck source=probe.sh
. "$KIT_HOME/lib/probe.sh"
export REDISCLI_AUTH

redis() {
  set -- --no-auth-warning "$@"
  case ${REDIS_TLS-} in yes | YES | true | 1) set -- --tls ${REDIS_CACERT:+--cacert "$REDIS_CACERT"} "$@" ;; esac
  if [ -n "${REDIS_SOCKET-}" ]; then
    set -- -s "$REDIS_SOCKET" "$@"
  else
    set -- -h "$REDIS_HOST" -p "${REDIS_PORT:-6379}" "$@"
  fi
  redis-cli ${REDIS_USER:+--user "$REDIS_USER"} -n "${REDIS_DB:-0}" "$@"
}

# The program answers a refusal as it answers a value, and ends well.
refusal() { # TEXT: the refusal, or nothing
  printf '%s\n' "$1" | sed -n '1s/^(error) //; 1{/^[A-Z][A-Z]* /p;}' | grep -E '^(ERR|NOAUTH|NOPERM|WRONGPASS|LOADING|MOVED|DENIED|MISCONF|READONLY|CLUSTERDOWN) ' | head -n 1
}

# ask COMMAND…: its answer in $said, the server's refusal in $no; the end of the probe where there is none.
# shellcheck disable=SC2034 # read by the probes
ask() {
  said=$(redis "$@" 2>&1) || fail "$(printf '%s\n' "$said" | head -n 2 | tr '\n' ' ')"
  no=$(refusal "$said")
  case $said in 'Could not connect'* | 'AUTH failed'*) no=$(printf '%s\n' "$said" | head -n 1) ;; esac
}
