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
  install_test_packages tests/web
  install_test_packages tests/blackbox/oidc
  install_test_packages contracts
  step "running the tests"
  exec python3 tools/test.py "$@"
}

# install_test_packages FOLDER: the npm packages of a folder of tests, as its package-lock.json has them.
install_test_packages() {
  if [ -d "$1/node_modules" ] && [ ! "$1/package-lock.json" -nt "$1/node_modules/.package-lock.json" ]; then return; fi
  step "installing the packages of $1"
  (cd "$1" && npm ci --no-audit --no-fund --silent) || die "npm ci failed in $1/"
}
