#!/bin/sh
# shellcheck source=../lib/redis.sh
. "$KIT_HOME/lib/redis.sh"

# Parameters by name, so that none that holds a secret is ever asked for.
parameters() {
  for parameter in maxmemory maxmemory-policy maxmemory-samples maxclients timeout tcp-keepalive appendonly save protected-mode lazyfree-lazy-eviction databases; do
    redis --raw CONFIG GET "$parameter" || return 1
  done
}
ask --raw CONFIG GET maxmemory
[ -z "$no" ] || skip "$M_REFUSED $no"
[ -n "$said" ] || skip "$M_REFUSED CONFIG GET"
capture config.txt parameters
