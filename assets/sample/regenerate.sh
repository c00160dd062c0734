#!/usr/bin/env bash
# Makes raw/ and notes/ anew: starts a throwaway PostgreSQL and Redis on loopback, seeds them, runs the service under
# load and lets the tools measure and scan it. 100 seconds of load beside installing, seeding and scanning: three minutes
# on an idle machine, twice that on a busy one. Leaves nothing behind but the two folders.
#
# Wants: bash, curl, jq, node >= 18, npm, python3 with venv, wrk, redis-server, PostgreSQL server (set PG_BIN when it is
# not below /usr/lib/postgresql) with the extensions pg_stat_statements and pgstattuple.
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

mkdir -p "$raw"/{load,db,redis,http,metrics,scan} "$notes"
cp -r "$here/service" "$app"
rm -rf "$app/node_modules"

say 'install the service and the scanner, seed the database'
(cd "$app" && npm ci --silent --no-audit --no-fund) &
npm_pid=$!
(
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install -q --disable-pip-version-check "njsscan==$njsscan_version"
  cd "$app"
  # Findings give it a non-zero exit; whether the scan itself went well stands in the report.
  PATH=$work/venv/bin:$PATH njsscan --sarif -o "$work/njsscan.sarif" src workers >/dev/null 2>&1 || true
) &
njsscan_pid=$!
start_postgres
start_redis
wait "$npm_pid"

say 'static analysis'
(cd "$app" && npx --no-install eslint -f @microsoft/eslint-formatter-sarif -o "$work/eslint.sarif" src workers) || true
wait "$njsscan_pid"
jq -e '.runs[0].invocations[0].executionSuccessful' "$work/njsscan.sarif" >/dev/null
jq . "$work/njsscan.sarif" >"$raw/scan/njsscan.sarif"
jq . "$work/eslint.sarif" >"$raw/scan/eslint-security.sarif"
mkdir -p "$raw/code"
"${GROMA:-groma}" probe code "$here/service" --subject parcelline-api -o "$raw/code/parcelline-api.json"

say 'dependency audit'
(cd "$app/label-station" && npm audit --json >"$work/audit.json" 2>/dev/null) || true
audit='npm audit: answered by the registry'
if jq -e '.auditReportVersion == 2' "$work/audit.json" >/dev/null 2>&1; then
  cp "$work/audit.json" "$raw/scan/npm-audit-label-station.json"
else
  audit='npm audit: the registry gave no advisories'
  if [[ -f $here/raw/scan/npm-audit-label-station.json ]]; then
    cp "$here/raw/scan/npm-audit-label-station.json" "$raw/scan/"
    audit+=', the report made before is kept'
  fi
fi
say "$audit"

start_api
as_admin -q -o /dev/null -c 'SELECT pg_stat_statements_reset()' -c 'SELECT pg_stat_reset()' -c 'ANALYZE'

say 'headers'
login() { curl -s -H 'Content-Type: application/json' -d "$1" "${@:2}" "$api/v1/auth/login"; }
curl -sI "$api/" >"$raw/http/root.txt"
curl -si "$api/health/live" >"$raw/http/health-live.txt"
curl -si "$api/health/ready" >"$raw/http/health-ready.txt"
login '{"login":"dispatch.demo","password":"demo"}' -i >"$raw/http/login.txt"
login '{"login":"dispatch.demo","password":"wrong"}' -i >"$raw/http/login-refused.txt"
curl -si -X OPTIONS -H 'Origin: https://shop.example' -H 'Access-Control-Request-Method: PUT' \
  "$api/v1/parcels" >"$raw/http/cors-preflight.txt"
curl -sv -o /dev/null "$api/v1/invoices?customer=17" 2>"$raw/http/invoices-without-session.txt"

{
  echo '$ twenty wrong passwords in a row: status and number of answers'
  for _ in {1..20}; do login '{"login":"finance.demo","password":"wrong"}' -o /dev/null -w '%{http_code}\n'; done | sort | uniq -c
  echo '$ a login name that closes the quote, with a wrong password'
  login "{\"login\":\"finance.demo' --\",\"password\":\"wrong\"}" -w '\n%{http_code}\n'
} >"$notes/login.txt"
{
  echo '$ curl /v1/labels?name=../src/config.js, without a session: status and size'
  curl -s -o /dev/null -w '%{http_code} %{size_download} bytes\n' "$api/v1/labels?name=../src/config.js"
} >"$notes/label-traversal.txt"

load parcels-list -t2 -c16 -d8s --latency -s parcels.lua "$api/v1/parcels"
load tracking -t2 -c32 -d8s --latency -s tracking.lua "$api/v1/tracking/:code"
redis-cli -p "$redis_port" INFO >"$raw/redis/info.txt"
redis-cli -p "$redis_port" -3 --json CONFIG GET '*' >"$raw/redis/config.json"

say 'scans come in, month-end billing stops half way and is started again'
(cd "$app" && node workers/tracking-ingest.js 200 >/dev/null)
PARCELLINE_DIR=$app API=$api node "$here/load/staleness.js" >"$notes/tracking-staleness.txt"
(cd "$app" && timeout 3 node workers/billing-worker.js 2026-10-01 300 >/dev/null) || true
(cd "$app" && node workers/billing-worker.js 2026-10-01 300 >/dev/null)
as_admin -f "$here/queries/invoice_drift.sql" >"$notes/invoice-drift.txt"

load rates-quote -t2 -c16 -d6s -s quote.lua "$api/v1/rates/quote"
load dispatch-board -t2 -c16 -d20s --timeout 10s --latency -s board.lua "$api/v1/dispatch/board"
load customer-invoices -t2 -c8 -d15s --timeout 10s --latency -s invoices.lua "$api/v1/invoices"
load invoice-export -t2 -c48 -d8s --timeout 10s --latency "$api/v1/invoices/export?period=2026-09"
curl -s "$api/metrics" >"$raw/metrics/parcelline-api.prom"
load route-plan -t2 -c24 -d18s --latency -s plan.lua "$api/v1/dispatch/routes/:id/plan"

say 'what the wave leaves behind'
curl -si "$api/health/ready" >"$raw/http/health-ready-after-wave.txt"
curl -s "$api/metrics" >"$raw/metrics/parcelline-api-after-wave.prom"
as_admin -f "$here/queries/stuck_sessions.sql" >"$notes/stuck-sessions.txt"
awk '!seen[$0]++' "$work/api.log" | head -20 >"$notes/api-log-excerpt.txt"

say 'database'
as_admin --csv -f "$here/queries/pg_stat_statements.sql" >"$raw/db/pg_stat_statements.csv"
as_admin -f "$here/queries/fk_indexes.sql" >"$raw/db/fk-indexes.txt"
as_admin -f "$here/queries/stat_user_tables.sql" >"$raw/db/stat-user-tables.txt"
as_admin -f "$here/queries/settings.sql" >"$raw/db/settings.txt"
psql -X -c 'SHOW statement_timeout' >"$raw/db/show-statement-timeout.txt"
psql -X -c 'SHOW log_min_duration_statement' >"$raw/db/show-log-min-duration.txt"
as_admin -f "$here/queries/pgstattuple.sql" >"$raw/db/index-pgstattuple.txt"
as_admin -q -f "$here/queries/board_plan.sql" >"$notes/board-plans.txt"

{
  date -u +'captured %Y-%m-%d'
  "$pg_bin/postgres" --version
  redis-server --version | sed 's/ sha=.*//'
  echo "node $(node --version), npm $(npm --version 2>/dev/null)"
  echo "wrk $({ wrk -v || true; } 2>&1 | head -1 | sed 's/^wrk //; s/ Copyright.*//')"
  curl --version | head -1 | cut -d' ' -f1,2
  echo "njsscan $njsscan_version"
  echo "eslint $(jq -r .version "$app/node_modules/eslint/package.json"), eslint-plugin-security $(jq -r .version "$app/node_modules/eslint-plugin-security/package.json")"
  echo "$audit"
} >"$notes/versions.txt"

say 'make the paths and ports neutral'
find "$raw" "$notes" -type f -exec sed -i -E \
  -e "s#(file://)?$app/#\1/srv/parcelline/#g; s#$app#/srv/parcelline#g; s#$work/redis#/var/lib/redis#g; s#$work#/srv#g" \
  -e "s#$here#/srv/parcelline#g" \
  -e "s#(127\.0\.0\.1|localhost)(:| port )$api_port#\1\28080#g; s#port $api_port#port 8080#g" \
  -e "s#(127\.0\.0\.1|localhost):$routing_port#\1:9090#g; s#(127\.0\.0\.1|localhost):$pg_port#\1:5432#g" \
  -e "s#tcp_port:$redis_port#tcp_port:6379#; s#\"port\":\"$redis_port\"#\"port\":\"6379\"#" \
  -e 's#^os:Linux [^ ]+ #os:Linux #' {} +

rm -rf "$here/raw" "$here/notes"
cp -r "$raw" "$notes" "$here/"
say "done: $(du -sk "$here/raw" | cut -f1) KiB in raw/"
