# shellcheck shell=sh disable=SC2034 # used by the scripts that read this file
M_USAGE='Usage: ./run.sh [--yes] [--plan] [--only NAMES] [--out FOLDER] [--no-redact]

  --plan         say what would be done and end
  --yes          do not ask before it starts
  --only NAMES   these probes or groups alone, with commas between them: --only postgres,redis
  --out FOLDER   where the results go; a new or empty folder
  --no-redact    keep names of users, hosts and addresses. Passwords, tokens and the literals of statements are
                 taken out all the same.

Where to connect is read from settings.env.'
M_UNKNOWN_OPTION='There is no such option:'
M_UNKNOWN_PROBE='There is no such probe or group:'
M_KNOWN='There are:'
M_NO_COMMAND='this command is not installed here:'
M_NOT_SET='this is not set in settings.env:'
M_OR='or'
M_PLAN='This will be done, one after the other. Nothing is changed anywhere.'
M_WILL_SKIP='Will be skipped:'
M_AT_MOST='Takes at most'
M_REDACTED='Names of users and hosts, addresses, literals and secrets are taken out before anything is written.'
M_NOT_REDACTED='Names of users, hosts and addresses are kept, as you asked. Literals and secrets are taken out.'
M_NOT_EMPTY='This folder is there and not empty; name another with --out:'
M_GOES_TO='The results go to'
M_NOT_ASKED='There is no terminal to ask at; run it again with --yes.'
M_ASK='Start? [y/N]'
M_NOTHING_DONE='Nothing was done.'
M_RAN='done'
M_SKIPPED='skipped:'
M_FAILED='failed:'
M_STOPPED='stopped by the operator'
M_TOO_LONG='it took longer than'
M_ENDED_WITH='it ended with status'
M_NOTHING='it gave nothing'
M_DONE='The results are in this folder; look into them before you send them:'
M_SEND='manifest.json in it says what ran, what was skipped and what failed.'
M_NO_EXTENSION='this extension is not installed in the database:'
M_NO_RIGHT='the role may not see statements of others; it needs'
M_LEFT_OUT='indexes too large for PG_BLOAT_MAX_MB, left out:'
M_REFUSED='the server refuses it:'
M_NO_KEYS='no key was found'
M_NO_LINES='no line was found'
M_NO_ANSWER='no answer to this query held a number:'
M_PARTLY='without:'
