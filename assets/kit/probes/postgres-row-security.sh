#!/bin/sh
# shellcheck source=../lib/postgres.sh
. "$KIT_HOME/lib/postgres.sh"
capture row-security.txt pg row-security.sql
