# What regenerate.sh and remeasure.sh share, sourced by both: a throwaway PostgreSQL and Redis on loopback, the service,
# the tools, and neutral paths. Everything is made in $work and removed on exit; a script fills $raw and $notes and copies
# them at its end.
#
# Wants: bash, curl, jq, node >= 18, npm, python3 with venv, wrk, redis-server, PostgreSQL server (set PG_BIN when it is
# not below /usr/lib/postgresql) with the extensions pg_stat_statements and pgstattuple; groma (set GROMA when it is not
# in the path).
# shellcheck shell=bash
set -euo pipefail
export LC_ALL=C TZ=UTC NO_COLOR=1

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
njsscan_version=1.0.2
work=$(mktemp -d "${TMPDIR:-/tmp}/parcelline.XXXXXX")
app=$work/parcelline
raw=$work/raw
notes=$work/notes
pg_bin=${PG_BIN:-$(dirname "$(find /usr/lib/postgresql -name initdb | sort -V | tail -1)")}
as_postgres=()
pids=()

say() { printf '%3ds  %s\n' "$SECONDS" "$*" >&2; }

cleanup() {
  say 'clean up'
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  "${as_postgres[@]}" "$pg_bin/pg_ctl" -D "$work/pg/data" -m immediate stop >/dev/null 2>&1 || true
  wait 2>/dev/null || true
  rm -rf "$work"
  say 'cleaned up'
}
trap cleanup EXIT

free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

# The server refuses to run as root.
if [[ $EUID -eq 0 ]]; then as_postgres=(runuser -u postgres --); fi

api_port=$(free_port)
routing_port=$(free_port)
redis_port=$(free_port)
pg_port=$(free_port)
api=http://127.0.0.1:$api_port
export PGHOST=127.0.0.1 PGPORT=$pg_port PGDATABASE=parcelline PGUSER=parcelline
export REDIS_HOST=127.0.0.1 REDIS_PORT=$redis_port ROUTING_HOST=127.0.0.1 ROUTING_PORT=$routing_port

start_postgres() {
  mkdir -p "$work/pg"
  chmod 711 "$work"
  if [[ $EUID -eq 0 ]]; then chown postgres "$work/pg"; fi
  (
    cd "$work/pg"
    "${as_postgres[@]}" "$pg_bin/initdb" -D "$work/pg/data" -U postgres -A trust -E UTF8 --no-sync >/dev/null
    "${as_postgres[@]}" tee -a "$work/pg/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
port = $pg_port
unix_socket_directories = '$work/pg'
shared_preload_libraries = 'pg_stat_statements'
max_connections = 40
CONF
    "${as_postgres[@]}" "$pg_bin/pg_ctl" -D "$work/pg/data" -l "$work/pg/log" -w start >/dev/null
  )
  psql -q -U postgres -d postgres -c 'CREATE ROLE parcelline LOGIN' -c 'CREATE DATABASE parcelline OWNER parcelline'
  psql -q -U postgres -c 'CREATE EXTENSION pg_stat_statements' -c 'CREATE EXTENSION pgstattuple'
  psql -q -f "$here/service/sql/schema.sql"
  PGOPTIONS='-c synchronous_commit=off' psql -q -o /dev/null -f "$here/service/sql/seed.sql"
}

start_redis() {
  mkdir -p "$work/redis"
  "$(command -v redis-server)" --port "$redis_port" --bind 127.0.0.1 --dir "$work/redis" --logfile "$work/redis/log" &
  pids+=($!)
}

start_api() {
  ROUTING_PORT=$routing_port node "$here/load/routing-stub.js" &
  pids+=($!)
  (cd "$app" && PORT=$api_port exec node src/server.js >"$work/api.log" 2>&1) &
  pids+=($!)
  curl -s --retry 40 --retry-connrefused --retry-delay 1 -o /dev/null "$api/health/ready"
}

# load NAME WRK-ARGUMENTS… : one wrk run into raw/load/NAME.txt. The URL names the route; the script makes the requests.
load() {
  local name=$1
  shift
  say "wrk $name"
  (cd "$here/load" && wrk "$@" >"$raw/load/$name.txt") || true
}

as_admin() { psql -X -U postgres -P pager=off "$@"; }

mkdir -p "$raw"/{load,db,redis,http,metrics,scan,code} "$notes"
cp -r "$here/service" "$app"
rm -rf "$app/node_modules"

login() { curl -s -H 'Content-Type: application/json' -d "$1" "${@:2}" "$api/v1/auth/login"; }

# A stranger's sign-in: passwords guessed, and a login name that closes the quote.
guess_logins() {
  echo '$ twenty wrong passwords in a row: status and number of answers'
  for _ in {1..20}; do login '{"login":"finance.demo","password":"wrong"}' -o /dev/null -w '%{http_code}\n'; done | sort | uniq -c
  echo '$ a login name that closes the quote, with a wrong password'
  login "{\"login\":\"finance.demo' --\",\"password\":\"wrong\"}" -w '\n%{http_code}\n'
}

# Installs what the service needs and, beside it, the scanner; both read $app as it is then.
install_and_scan() {
  (cd "$app" && npm ci --silent --no-audit --no-fund) &
  local npm_pid=$!
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install -q --disable-pip-version-check "njsscan==$njsscan_version"
  # Findings give it a non-zero exit; whether the scan itself went well stands in the report.
  (cd "$app" && PATH=$work/venv/bin:$PATH njsscan --sarif -o "$work/njsscan.sarif" src workers >/dev/null 2>&1) || true
  wait "$npm_pid"
  jq -e '.runs[0].invocations[0].executionSuccessful' "$work/njsscan.sarif" >/dev/null
  jq . "$work/njsscan.sarif" >"$raw/scan/njsscan.sarif"
}

load_dispatch_board() { load dispatch-board -t2 -c16 -d20s --timeout 10s --latency -s board.lua "$api/v1/dispatch/board"; }
load_customer_invoices() { load customer-invoices -t2 -c8 -d15s --timeout 10s --latency -s invoices.lua "$api/v1/invoices"; }
list_indexes() { as_admin -f "$here/queries/fk_indexes.sql" >"$raw/db/fk-indexes.txt"; }
measure_bloat() { as_admin -f "$here/queries/pgstattuple.sql" >"$raw/db/index-pgstattuple.txt"; }
probe_code() { "${GROMA:-groma}" probe code "$1" --subject parcelline-api -o "$raw/code/parcelline-api.json"; }

versions() {
  date -u +'captured %Y-%m-%d'
  "$pg_bin/postgres" --version
  redis-server --version | sed 's/ sha=.*//'
  echo "node $(node --version), npm $(npm --version 2>/dev/null)"
  echo "wrk $({ wrk -v || true; } 2>&1 | head -1 | sed 's/^wrk //; s/ Copyright.*//')"
  curl --version | head -1 | cut -d' ' -f1,2
  echo "njsscan $njsscan_version"
}

# Puts the paths and ports of the story in place of this machine's.
neutral() {
  say 'make the paths and ports neutral'
  find "$raw" "$notes" -type f -exec sed -i -E \
    -e "s#(file://)?$app/#\1/srv/parcelline/#g; s#$app#/srv/parcelline#g; s#$work/redis#/var/lib/redis#g; s#$work#/srv#g" \
    -e "s#$here#/srv/parcelline#g" \
    -e "s#(127\.0\.0\.1|localhost)(:| port )$api_port#\1\28080#g; s#port $api_port#port 8080#g" \
    -e "s#(127\.0\.0\.1|localhost):$routing_port#\1:9090#g; s#(127\.0\.0\.1|localhost):$pg_port#\1:5432#g" \
    -e "s#tcp_port:$redis_port#tcp_port:6379#; s#\"port\":\"$redis_port\"#\"port\":\"6379\"#" \
    -e 's#^os:Linux [^ ]+ #os:Linux #' {} +
}
