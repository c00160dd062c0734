#!/usr/bin/env bash
# Makes raw-retest/ and notes-retest/ anew: the same throwaway databases and the same service, with the client's mends of
# mends/ in them, and of the loads, queries and scans of regenerate.sh those that the mends concern, with the same
# parameters and file names. 55 seconds of load. Leaves nothing behind but the two folders.
#
# What it wants stands in measuring.sh, and patch.

# shellcheck source-path=SCRIPTDIR source=measuring.sh
source "$(dirname "${BASH_SOURCE[0]}")/measuring.sh"

patch -s -d "$app" -p1 <"$here/mends/parameters.patch"
say 'probe of the code'
probe_code "$app"

say 'install the mended service and the scanner, seed the database'
install_and_scan &
installing=$!
start_postgres
start_redis
wait "$installing"

# The board without the indexes on the same day, beside which the day's other work can be judged.
start_api
as_admin -q -o /dev/null -c 'ANALYZE'
load_dispatch_board
mv "$raw/load/dispatch-board.txt" "$notes/dispatch-board-without-indexes.txt"

say 'indexes'
psql -X -q -f "$here/mends/indexes.sql"
as_admin -q -o /dev/null -c 'ANALYZE'
list_indexes

say 'sign-in'
login '{"login":"dispatch.demo","password":"demo"}' -i >"$raw/http/login.txt"
guess_logins >"$notes/login.txt"

load_dispatch_board
load_customer_invoices
measure_bloat
as_admin -q -f "$here/queries/board_plan.sql" >"$notes/board-plans.txt"
versions >"$notes/versions.txt"

neutral
find "$raw" -type d -empty -delete
rm -rf "$here/raw-retest" "$here/notes-retest"
cp -r "$raw" "$here/raw-retest"
cp -r "$notes" "$here/notes-retest"
say "done: $(du -sk "$here/raw-retest" | cut -f1) KiB in raw-retest/"
