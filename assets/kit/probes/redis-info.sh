#!/bin/sh
# shellcheck source=../lib/redis.sh
. "$KIT_HOME/lib/redis.sh"
ask INFO
[ -z "$no" ] || fail "$no"

# By a list of what is kept: the rest names files, ports, replicas and builds.
chosen() {
  printf '%s\n' "$said" | tr -d '\r' | awk -F : '
    /^# / { heading = $0; next }
    $1 ~ /^(redis_version|valkey_version|redis_mode|server_time_usec|uptime_in_seconds|connected_clients|blocked_clients|maxclients|used_memory|used_memory_rss|used_memory_peak|used_memory_dataset|maxmemory|maxmemory_policy|mem_fragmentation_ratio|aof_enabled|rdb_last_bgsave_status|rdb_changes_since_last_save|total_connections_received|rejected_connections|total_commands_processed|instantaneous_ops_per_sec|expired_keys|evicted_keys|keyspace_hits|keyspace_misses|role|connected_slaves|cluster_enabled|db[0-9]+)$/ {
      if (heading != "") { print heading; heading = "" }
      print
    }'
}
capture info.txt chosen
