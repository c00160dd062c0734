#!/bin/sh
# shellcheck source=../lib/postgres.sh
. "$KIT_HOME/lib/postgres.sh"
capture foreign-keys.txt pg foreign-keys.sql
