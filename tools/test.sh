# ./x test: sets up and runs every test. Sourced by x.

run_tests() {
  need_packages build test
  need_node
  build_program release
  build_portal
  step "building the tests (address sanitizer)"
  build_preset asan all
  step "building the tests of what runs in parallel (thread sanitizer)"
  build_preset tsan test_store test_http
  step "building the fuzz targets"
  build_preset fuzz fuzz/all
  install_browser_test_packages
  step "running the tests"
  exec python3 tools/test.py "$@"
}

install_browser_test_packages() {
  if [ -d tests/web/node_modules ] && [ ! tests/web/package-lock.json -nt tests/web/node_modules/.package-lock.json ]; then return; fi
  step "installing the browser tests' packages"
  (cd tests/web && npm ci --no-audit --no-fund --silent) || die "npm ci failed in tests/web/"
}
