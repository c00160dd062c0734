#!/bin/sh
# shellcheck source=../lib/postgres.sh
. "$KIT_HOME/lib/postgres.sh"
samples=$(bounded "${PG_SESSION_SAMPLES-}" 3 10)
pause=$(bounded "${PG_SESSION_PAUSE-}" 5 10)
sample=1
while [ "$sample" -le "$samples" ]; do
  [ "$sample" -eq 1 ] || sleep "$pause"
  capture "sessions-$sample.txt" pg sessions.sql
  sample=$((sample + 1))
done
