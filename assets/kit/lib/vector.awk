# Prometheus' answer to an instant query as lines of metric, value, subject: each sample of the vector, its value times a
# factor, its labels one after the other. What is not a number (NaN, +Inf) is left out.
{ text = text $0 }

# The JSON string that begins at a position; leaves the position behind it in `after`.
function string(at,   out, c) {
  out = ""
  for (at = at + 1; at <= length(text); at++) {
    c = substr(text, at, 1)
    if (c == "\"") break
    if (c == "\\") {
      at++
      c = substr(text, at, 1)
      if (c == "n" || c == "t" || c == "r") c = " "
      if (c == "u") { at += 4; c = "?" }
    }
    out = out c
  }
  after = at + 1
  return out
}

END {
  if (text !~ /"status":"success"/ || text !~ /"resultType":"vector"/) exit 1
  at = index(text, "\"result\":") + 9
  while (1) {
    found = index(substr(text, at), "{\"metric\":{")
    if (found == 0) break
    at = at + found + 10
    delete label
    while (substr(text, at, 1) == "\"" || substr(text, at, 1) == ",") {
      if (substr(text, at, 1) == ",") at++
      key = string(at)
      at = after + 1
      label[key] = string(at)
      at = after
    }
    found = index(substr(text, at), "\"value\":[")
    if (found == 0) break
    at = at + found + 8
    at = at + index(substr(text, at), "\"") - 1
    value = string(at)
    at = after
    if (value !~ /^-?[0-9.]+([eE][-+]?[0-9]+)?$/) continue
    subject = ""
    for (i = split(by, order, " "); i >= 1; i--)
      if (label[order[i]] != "") subject = label[order[i]] (subject == "" ? "" : " ") subject
    printf "%s\t%.10g\t%s\t%s\n", metric, value * factor, subject, "query " metric
  }
}
