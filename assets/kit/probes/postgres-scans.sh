#!/bin/sh
# shellcheck source=../lib/postgres.sh
. "$KIT_HOME/lib/postgres.sh"
capture table-scans.txt pg table-scans.sql
