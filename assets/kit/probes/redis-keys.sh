#!/bin/sh
# A sample of the keys: how many have a lifetime, by the word before the first separator. Names of keys go through a pipe
# from one command to the next and are never written.
# shellcheck source=../lib/redis.sh
. "$KIT_HOME/lib/redis.sh"
most=$(bounded "${REDIS_SAMPLE_KEYS-}" 1000 20000)

# What SCAN prints with `--no-raw`: the cursor first, then the keys, quoted as the program reads them again.
quoted() {
  sed -n 's/^ *\(2) \)\{0,1\} *[0-9]*) \(".*"\)$/\2/p'
}

cursor=0 seen=0 pages=0
: >"$KIT_PART/sample"
while :; do
  ask --no-raw SCAN "$cursor" COUNT 100
  [ -z "$no" ] || skip "$M_REFUSED $no"
  cursor=$(printf '%s\n' "$said" | sed -n '1s/^1) "\([0-9]*\)"$/\1/p')
  keys=$(printf '%s\n' "$said" | sed 1d | quoted)
  pages=$((pages + 1))
  if [ -n "$keys" ]; then
    seen=$((seen + $(printf '%s\n' "$keys" | grep -c .)))
    # The same order in both: a word for each key, and its time to live (-1 is none, -2 is gone since).
    printf '%s\n' "$keys" | awk '
      {
        name = substr($0, 2, length($0) - 2)
        word = ""
        if (match(name, /^[A-Za-z_][A-Za-z_-]*[:\/|.]/)) word = substr(name, 1, RLENGTH - 1)
        print (length(word) <= 32 ? word : "")
      }' >"$KIT_PART/words"
    printf '%s\n' "$keys" | sed 's/^/TTL /' | redis --no-raw 2>/dev/null | sed 's/^(integer) //' >"$KIT_PART/lives"
    paste "$KIT_PART/words" "$KIT_PART/lives" >>"$KIT_PART/sample"
  fi
  [ "${cursor:-0}" = 0 ] && break
  [ "$seen" -ge "$most" ] && break
  # A nearly empty server with a large table would be scanned for long.
  [ "$pages" -ge 500 ] && break
done

# A word that few keys begin with may be data of a person: it is counted among the others.
summary() {
  awk -F '\t' '
    $2 == -2 || $2 !~ /^-?[0-9]+$/ { next }
    { all++; lasting[""] += $2 >= 0; keys[$1]++; lives[$1] += $2 >= 0 }
    END {
      if (all == 0) exit
      text = "sampled with SCAN"
      for (word in keys) {
        if (word != "" && keys[word] >= 5) {
          named += keys[word]
          printf "cache.sample.keys\t%d\t%s\t\t%s\n", keys[word], word, text
          printf "cache.sample.keys_with_ttl.ratio\t%.6f\t%s\t\t%s\n", lives[word] / keys[word], word, text
        } else {
          other += keys[word]
          other_lives += lives[word]
        }
      }
      if (other > 0) {
        printf "cache.sample.keys\t%d\t(other)\t\t%s\n", other, text
        printf "cache.sample.keys_with_ttl.ratio\t%.6f\t(other)\t\t%s\n", other_lives / other, text
      }
      printf "cache.sample.keys\t%d\t\t\t%s\n", all, text
      printf "cache.sample.keys_with_ttl.ratio\t%.6f\t\t\t%s\n", lasting[""] / all, text
      printf "cache.sample.prefixed.ratio\t%.6f\t\t\t%s\n", named / all, text
    }' "$KIT_PART/sample" | sort
}
[ -s "$KIT_PART/sample" ] || skip "$M_NO_KEYS"
written() { summary | facts Redis; }
capture key-sample.json written
