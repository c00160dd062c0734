#!/bin/sh
# shellcheck source=../lib/mysql.sh
. "$KIT_HOME/lib/mysql.sh"
written() {
  my tables.sql >"$KIT_PART/rows" || return 1
  awk -F '\t' '
    $1 == "key" { keys++; if ($3 == 0) { bare++; names = names (names == "" ? "" : "; ") $2 } }
    $1 == "table" {
      tables++
      printf "db.table.rows\t%s\t%s\n", $3, $2
      if ($3 > 10000) {
        printf "db.seq_scan.tuples\t%s\t%s\n", $4, $2
        if ($4 > 0) { large++; list = list (list == "" ? "" : "; ") $2 " (" $3 " rows)" }
      }
    }
    END {
      if (keys > 0) {
        printf "db.fk.total\t%d\n", keys
        printf "db.fk.unindexed\t%d\t\t\t%s\n", bare, names
      }
      if (tables > 0) printf "db.seq_scan.large_tables\t%d\t\t\t%s\n", large, list
    }' "$KIT_PART/rows" | facts MySQL
}
capture tables.json written
