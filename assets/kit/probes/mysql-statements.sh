#!/bin/sh
# shellcheck source=../lib/mysql.sh
. "$KIT_HOME/lib/mysql.sh"
# Newer servers alone know quantiles: what is read without them is worth as much as before.
read_all() {
  my statements.sql || return 1
  my quantiles.sql 2>/dev/null || :
}
written() {
  read_all >"$KIT_PART/rows" || return 1
  awk -F '\t' '
    $1 == "statement" {
      printf "db.query.calls\t%s\t%s\n", $3, $2
      printf "db.query.total\t%s\t%s\n", $4, $2
      printf "db.query.mean\t%s\t%s\n", $5, $2
      printf "db.query.max\t%s\t%s\n", $6, $2
      printf "db.query.rows\t%s\t%s\n", $7, $2
    }
    $1 == "quantile" {
      printf "db.query.p95\t%s\t%s\n", $3, $2
      printf "db.query.p99\t%s\t%s\n", $4, $2
    }' "$KIT_PART/rows" | facts MySQL
}
capture statements.json written
