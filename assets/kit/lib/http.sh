# shellcheck shell=sh
# GET and HEAD only. Credentials are read by curl from a file (HTTP_HEADER_FILE, lines of `Name: value`), so that they are
# on no command line.
# shellcheck source=probe.sh
. "$KIT_HOME/lib/probe.sh"

http() { # HEADER_FILE [curl's own options and the address]: -q, because a .curlrc would change what is asked
  if [ -n "$1" ]; then
    file=$1
    shift
    [ -r "$file" ] || { echo "$file" >&2; return 1; }
    set -- -H "@$file" "$@"
  else
    shift
  fi
  curl -q --silent --show-error --proto '=http,https' --connect-timeout 10 --max-time 30 "$@"
}
