#!/bin/sh
# shellcheck source=../lib/mysql.sh
. "$KIT_HOME/lib/mysql.sh"
capture variables.txt my variables.sql
