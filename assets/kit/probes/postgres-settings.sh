#!/bin/sh
# shellcheck source=../lib/postgres.sh
. "$KIT_HOME/lib/postgres.sh"
capture settings.txt pg settings.sql -v role="${PG_APP_ROLE-}"
