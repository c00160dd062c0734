#!/bin/sh
# The rules that alert, as the server holds them.
# shellcheck source=../lib/prometheus.sh
. "$KIT_HOME/lib/prometheus.sh"
capture rules.json prometheus /api/v1/rules --data-urlencode type=alert
