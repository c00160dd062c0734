# The table of probes, the files that were written and what became of each probe, as JSON.
BEGIN { FS = "\t" }
FILENAME ~ /probes\.tsv$/ { checks[$1] = $6; title[$1] = $7; next }
FILENAME ~ /\/files$/ {
  files[$1] = files[$1] (files[$1] == "" ? "" : ", ") "\"" json($2) "\""
  next
}
{
  rows[++n] = $1
  status[n] = $2
  seconds[n] = $3 + 0
  reason[n] = $4
}
END {
  printf "{\"groma_kit\":1,\"kit_version\":\"%s\",\"started_at\":\"%s\",\"ended_at\":%s,\"redacted\":%s,\n \"probes\":[", json(version), started, (ended == "" ? "null" : "\"" ended "\""), (redacted == "yes" ? "true" : "false")
  for (i = 1; i <= n; i++) {
    id = rows[i]
    list = checks[id]
    gsub(/ /, "\",\"", list)
    printf "%s\n  {\"id\":\"%s\",\"title\":\"%s\",\"status\":\"%s\",\"reason\":\"%s\",\"seconds\":%d,\"checks\":[\"%s\"],\"files\":[%s]}", (i > 1 ? "," : ""), json(id), json(title[id]), json(status[i]), json(reason[i]), seconds[i], list, files[id]
  }
  print "]}"
}
