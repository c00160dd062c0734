#!/usr/bin/env bash
# The pictures of pages in the README, from the sample's report: assets/sample/pages.sh GROMA
set -euo pipefail
groma=$1
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$groma" sample "$work/sample.groma" >/dev/null
"$groma" report "$work/sample.groma" -o "$work/report.pdf" >/dev/null
"$groma" report "$work/sample.groma" --template roadmap-poster -o "$work/poster.pdf" >/dev/null
pages=$(pdfinfo "$work/report.pdf" | awk '/^Pages:/ { print $2 }')

# The first page whose text matches.
page_of() {
  for page in $(seq 1 "$pages"); do
    if pdftotext -layout -f "$page" -l "$page" "$work/report.pdf" - 2>/dev/null | tr '\n' ' ' | grep -qE "$1"; then
      echo "$page"
      return
    fi
  done
  echo "no page with: $1" >&2
  exit 1
}

picture() { pdftoppm -r "$3" -png -singlefile -f "$2" -l "$2" "$1" "$here/$4"; }

summary=$(page_of '· *Executive summary')
finding=$(page_of '· *Findings in full.*What we found')
diagram=$(page_of '· *Architecture.*Containers, part 1')
picture "$work/report.pdf" 1 50 cover
picture "$work/report.pdf" "$summary" 80 summary
picture "$work/report.pdf" "$finding" 80 page
picture "$work/report.pdf" "$diagram" 80 diagram
picture "$work/poster.pdf" 1 70 poster
