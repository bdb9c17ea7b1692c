#!/bin/sh
# A benchmark of your own in plain shell: how fast gzip packs one mebibyte.
#   driftbench throughput run gzip-1m --repeat 5 -- sh docs/examples/bench.sh
# Lines of the runner protocol go to stdout, everything else to stderr.
set -eu
iterations=${1:-60}

now() { # nanoseconds; date of GNU and of busybox
  date +%s%N
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
awk 'BEGIN { for (i = 0; i < 131072; i++) printf "%07d\n", (i * 7919) % 1000003 }' > "$folder/input"

printf '{"type":"run","workload":{"id":"gzip-1m","definition":{"tool":"gzip","level":6,"bytes":1048576}},"precision":"none","batch":1}\n'
printf '{"type":"ready","runner":"bench.sh","version":"1","executor":{"name":"%s","kind":"cpu"}}\n' "$(uname -m)"

iterate() { # PHASE COUNT
  printf '{"type":"phase","name":"%s"}\n' "$1"
  i=0
  while [ "$i" -lt "$2" ]; do
    start=$(now)
    gzip -6 -n -c "$folder/input" > "$folder/output"
    end=$(now)
    printf '{"type":"sample","start_ns":%s,"duration_ns":%s,"items":1}\n' "$start" "$((end - start))"
    i=$((i + 1))
  done
}
iterate warmup 3
iterate measure "$iterations"

# What was computed, so that a run that is fast and wrong is seen.
printf '{"type":"output","digest":"sha256:%s"}\n' "$(sha256sum < "$folder/output" | cut -d ' ' -f 1)"
printf '{"type":"done"}\n'
