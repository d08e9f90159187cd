# ./x run: build, serve on ./data, play a day of port traffic in, stay up. Sourced by x.

demo_keys=data/demo-keys.txt

wait_until_ready() {  # URL PID
  local _ address=${1#*://}
  local host=${address%:*}
  host=${host#[} host=${host%]}
  for _ in $(seq 1 300); do
    kill -0 "$2" 2>/dev/null || return 1
    if (exec 3<>"/dev/tcp/$host/${address##*:}") 2>/dev/null; then return 0; fi
    sleep 0.1
  done
  return 1
}

play_demo() {  # URL
  step "playing in a day of port traffic (seed 1, 300 containers, 40 journeys from door to door)"
  build/release/fairway simulate --enrol --store rocksdb:./data --keys "$demo_keys.part"
  build/release/fairway simulate --seed 1 --boxes 300 --days 1 --journeys 40 --to "$1" --keys "$demo_keys.part"
  mv "$demo_keys.part" "$demo_keys"
}

# A container of the demo: the same traffic again as files, and the first box that a terminal reports.
demo_container() {
  [ -d .cache/demo ] || build/release/fairway simulate --seed 1 --boxes 300 --days 1 --out .cache/demo 2>/dev/null
  grep -ohE 'EQD\+CN\+[A-Z]{4}[0-9]{7}' -r .cache/demo --include='*coarri*' | head -1 | cut -d+ -f3 || true
}

show_address() {  # URL
  printf '\n  Fairway is up at %s\n' "$1"
  if [ -f "$demo_keys" ]; then
    printf '\n  Demo parties and their API keys (paste one into the page to sign in):\n\n'
    grep -v '^#' "$demo_keys" | while read -r slug key name; do printf '    %-52s %s\n' "$key" "${name:-$slug}"; done
    printf '\n  Try: build/release/fairway track %s --key KEY\n' "$(demo_container)"
  else
    printf '\n  Add a party:  build/release/fairway admin party add "My company" --role shipper\n'
  fi
  printf '\n  Ctrl-C stops it; the data stays in ./data.\n\n'
}

run_platform() {
  local empty= url pid
  for argument in "$@"; do
    case $argument in --empty) empty=1 ;; *) die "run takes --empty and nothing else" ;; esac
  done
  need_packages build
  build_program release
  build_portal
  local listen=${FAIRWAY_LISTEN:-127.0.0.1:8080}
  url=http://$listen
  step "starting on ./data"
  (umask 077 && mkdir -p data)
  build/release/fairway serve --store rocksdb:./data --listen "$listen" >.cache/serve.out &
  pid=$!
  trap 'kill -TERM $pid 2>/dev/null; wait $pid 2>/dev/null; exit 0' INT TERM
  wait_until_ready "$url" "$pid" || { kill "$pid" 2>/dev/null; die "the server did not start; is another one on $listen? (FAIRWAY_LISTEN=127.0.0.1:8081 ./x run)"; }
  if [ -z "$empty" ] && [ ! -f "$demo_keys" ]; then play_demo "$url"; fi
  show_address "$url"
  wait "$pid"
}
