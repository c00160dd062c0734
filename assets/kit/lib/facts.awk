# Tab-separated lines of metric, value, subject, place, text to the JSON that is imported. What is no number is left out:
# it proves nothing.
BEGIN {
  printf "{\"groma_facts\":1,\"tool\":\"groma kit\",\"tool_version\":\"%s\",\"captured_at\":\"%s\",\"subject\":\"%s\",\n", json(version), now, json(about)
  printf " \"measurements\":["
}
$2 ~ /^-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$/ {
  printf "%s\n  {\"metric\":\"%s\",\"value\":%s,\"subject\":\"%s\",\"at\":\"%s\",\"text\":\"%s\"}", (n++ ? "," : ""), json($1), $2, json($3), json($4), json($5)
}
END {
  print "]}"
  # An empty list is no result.
  if (n == 0) exit 1
}
