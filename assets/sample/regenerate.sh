#!/usr/bin/env bash
# Makes raw/ and notes/ anew: starts a throwaway PostgreSQL and Redis on loopback, seeds them, runs the service under
# load and lets the tools measure and scan it. 100 seconds of load beside installing, seeding and scanning: three minutes
# on an idle machine, twice that on a busy one. Leaves nothing behind but the two folders.
#
# What it wants stands in measuring.sh.

# shellcheck source-path=SCRIPTDIR source=measuring.sh
source "$(dirname "${BASH_SOURCE[0]}")/measuring.sh"

say 'install the service and the scanner, seed the database'
install_and_scan &
installing=$!
start_postgres
start_redis
wait "$installing"

say 'static analysis'
(cd "$app" && npx --no-install eslint -f @microsoft/eslint-formatter-sarif -o "$work/eslint.sarif" src workers) || true
jq . "$work/eslint.sarif" >"$raw/scan/eslint-security.sarif"
probe_code "$here/service"

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
curl -sI "$api/" >"$raw/http/root.txt"
curl -si "$api/health/live" >"$raw/http/health-live.txt"
curl -si "$api/health/ready" >"$raw/http/health-ready.txt"
login '{"login":"dispatch.demo","password":"demo"}' -i >"$raw/http/login.txt"
login '{"login":"dispatch.demo","password":"wrong"}' -i >"$raw/http/login-refused.txt"
curl -si -X OPTIONS -H 'Origin: https://shop.example' -H 'Access-Control-Request-Method: PUT' \
  "$api/v1/parcels" >"$raw/http/cors-preflight.txt"
curl -sv -o /dev/null "$api/v1/invoices?customer=17" 2>"$raw/http/invoices-without-session.txt"

guess_logins >"$notes/login.txt"
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
load_dispatch_board
load_customer_invoices
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
list_indexes
as_admin -f "$here/queries/stat_user_tables.sql" >"$raw/db/stat-user-tables.txt"
as_admin -f "$here/queries/settings.sql" >"$raw/db/settings.txt"
psql -X -c 'SHOW statement_timeout' >"$raw/db/show-statement-timeout.txt"
psql -X -c 'SHOW log_min_duration_statement' >"$raw/db/show-log-min-duration.txt"
measure_bloat
as_admin -q -f "$here/queries/board_plan.sql" >"$notes/board-plans.txt"

{
  versions
  echo "eslint $(jq -r .version "$app/node_modules/eslint/package.json"), eslint-plugin-security $(jq -r .version "$app/node_modules/eslint-plugin-security/package.json")"
  echo "$audit"
} >"$notes/versions.txt"

neutral

rm -rf "$here/raw" "$here/notes"
cp -r "$raw" "$notes" "$here/"
say "done: $(du -sk "$here/raw" | cut -f1) KiB in raw/"
