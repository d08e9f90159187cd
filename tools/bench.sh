# ./x bench: measures against the rivals, in turn, in one run. Sourced by x.

run_bench() {
  need_packages build bench
  need_node
  build_preset release fairway
  build_preset release bench_edifact_parse
  build_preset release bench_access_check
  build_preset release bench_ais_decode
  build_preset release bench_ledger_sequence
  build_preset release bench_filing
  exec python3 bench/run.py "$@"
}
