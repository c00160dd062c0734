# Takes out what must not leave. Secrets always: the values that the settings hold, and what looks like one. Names and
# addresses unless the operator said otherwise. `mode` is `result` or `message` (the words of a failed command, in which
# every known name is taken out; in results only names that cannot be an ordinary word).
# No interval expressions: older awks lack them.
BEGIN {
  secrets = split(ENVIRON["KIT_SECRETS"], secret, "\n")
  names = split(ENVIRON["KIT_NAMES"], name, "\n")
  hide = ENVIRON["KIT_REDACT"] != "no"
}

# Replaces a text wherever it stands; as a whole word when asked.
function take(line, text, by, whole,   at, done, before, after) {
  done = ""
  while ((at = index(line, text)) > 0) {
    before = at > 1 ? substr(line, at - 1, 1) : (done == "" ? "" : substr(done, length(done), 1))
    after = substr(line, at + length(text), 1)
    if (whole && (before ~ /[A-Za-z0-9_-]/ || after ~ /[A-Za-z0-9_-]/))
      done = done substr(line, 1, at - 1 + length(text))
    else
      done = done substr(line, 1, at - 1) by
    line = substr(line, at + length(text))
  }
  return done line
}

# The same word for the same thing within a file.
function alias(kind, text) {
  if (!((kind, text) in known)) known[kind, text] = kind "-" (++count[kind])
  return known[kind, text]
}

# Replaces what matches a pattern: the whole of it by `by`, or by an alias where `by` is empty.
function each(line, pattern, kind, by,   done, found) {
  done = ""
  while (match(line, pattern)) {
    found = substr(line, RSTART, RLENGTH)
    done = done substr(line, 1, RSTART - 1) (by == "" ? alias(kind, found) : by)
    line = substr(line, RSTART + RLENGTH)
  }
  return done line
}

# Keeps what comes before the value that follows a pattern.
function value_after(line, pattern,   done, key, rest) {
  done = ""
  while (match(line, pattern)) {
    key = substr(line, 1, RSTART + RLENGTH - 1)
    rest = substr(line, RSTART + RLENGTH)
    match(rest, /^[^ \t"',;&]*/)
    done = done key (RLENGTH > 0 ? "***" : "")
    line = substr(rest, RLENGTH + 1)
  }
  return done line
}

function hosts(line,   done, head, rest) {
  done = ""
  while (match(line, /[a-z]:\/\//)) {
    head = substr(line, 1, RSTART + 3)
    rest = substr(line, RSTART + 4)
    match(rest, /^[^\/ \t"'?#<>,)\\]*/)
    done = done head host_of(substr(rest, 1, RLENGTH))
    line = substr(rest, RLENGTH + 1)
  }
  return done line
}

# A host without the user before it; the origin that a probe itself makes up stays, so that its echo can be told.
function host_of(text) {
  sub(/^.*@/, "***@", text)
  return text == "" || text == "groma-kit.example" || !hide ? text : alias("host", text)
}

{
  line = $0
  if (line ~ /-----BEGIN [A-Z ]*PRIVATE KEY-----/) key = 1
  if (key) {
    if (line ~ /-----END [A-Z ]*PRIVATE KEY-----/) key = 0
    print "***"
    next
  }
  for (i = 1; i <= secrets; i++)
    if (length(secret[i]) >= 4 || mode == "message" && secret[i] != "") line = take(line, secret[i], "***", 0)
  if (line ~ /[Bb]earer |[Bb]asic /) line = value_after(line, "([Bb]earer|[Bb]asic) +")
  if (line ~ /eyJ/) line = each(line, "eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*", "", "***")
  if (line ~ /AKIA|ASIA/) line = each(line, "A[KS]IA[A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9]+", "", "***")
  if (tolower(line) ~ /passw|secret|token|api_?key/)
    line = value_after(line, "([Pp][Aa][Ss][Ss][Ww][Oo]?[Rr]?[Dd]?|[Ss][Ee][Cc][Rr][Ee][Tt]|[Tt][Oo][Kk][Ee][Nn]|[Aa][Pp][Ii]_?[Kk][Ee][Yy])=")
  line = hosts(line)
  if (hide) {
    for (i = 1; i <= names; i++)
      if (name[i] != "" && name[i] !~ /^(localhost|127\.0\.0\.1|::1)$/ && (mode == "message" || name[i] ~ /^[^\/]*[.-]/ && length(name[i]) >= 5))
        line = take(line, name[i], mode == "message" ? "…" : alias("host", name[i]), 1)
    line = each(line, "[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+", "mail")
    line = each(line, "[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+", "address")
    line = each(line, "[0-9a-fA-F]+:[0-9a-fA-F]*:[0-9a-fA-F:]*:[0-9a-fA-F]+", "address")
    if (mode == "message") line = each(line, "(user|role|database|host name|server at) \"[^\"]*\"", "", "…")
  }
  print line
}
