# Shared by ./x and the scripts beside this one: packages, Node, builds, progress. Sourced, never run.

step() { printf '\033[1m[%s] %s\033[0m\n' "$(date +%H:%M:%S)" "$*" >&2; }
die() { printf 'x: %s\n' "$*" >&2; exit 2; }

# as_root COMMAND…: through sudo unless root already.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "needs root or sudo to install packages: $*"; fi
}

# package_names FILE…: the names in the lists, without comments.
package_names() { sed 's/#.*//' "$@" | tr -s ' \n' '\n' | grep . || true; }

# need_packages build [test] [bench]: installs what is missing from the lists.
need_packages() {
  local list=() missing=() name
  for name in "$@"; do
    case $name in build) list+=(tools/debian-packages.txt) ;; *) list+=("tools/debian-packages-$name.txt") ;; esac
  done
  for name in $(package_names "${list[@]}"); do
    dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null | grep -q '^ii' || missing+=("$name")
  done
  [ ${#missing[@]} = 0 ] && return
  install_packages "${missing[@]}"
}

install_packages() {
  mkdir -p .cache
  step "installing ${#} Debian packages: $*"
  as_root apt-get -q update >.cache/apt.log 2>&1 || { tail -5 .cache/apt.log >&2; die "apt-get update failed"; }
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@" >>.cache/apt.log 2>&1 ||
    { tail -5 .cache/apt.log >&2; die "apt-get install failed; the log is .cache/apt.log"; }
}

# Vite 8 needs Node 20.19 or 22.12; Debian 12 has 18: then the npm package "node" is taken, with Debian's npm.
node_is_new_enough() {
  command -v node >/dev/null && node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19) ? 0 : 1)'
}

need_node() {
  local own=$PWD/.cache/node/node_modules/node/bin
  [ -x "$own/node" ] && export PATH=$own:$PATH
  if node_is_new_enough && command -v npm >/dev/null; then return; fi
  command -v npm >/dev/null || install_packages nodejs npm
  if node_is_new_enough; then return; fi
  step "installing Node 22 (this machine has $(node --version 2>/dev/null || echo none))"
  mkdir -p .cache/node
  npm install --silent --no-audit --no-fund --prefix .cache/node node@22 >.cache/node.log 2>&1 || { tail -5 .cache/node.log >&2; die "npm could not install node"; }
  export PATH=$own:$PATH
  node_is_new_enough || die "Node is still too old: $(node --version)"
}

# build_preset PRESET TARGET…
build_preset() {
  local preset=$1
  shift
  mkdir -p .cache
  if [ ! -f "build/$preset/build.ninja" ]; then
    step "configuring $preset"
    cmake --preset "$preset" >".cache/cmake-$preset.log" 2>&1 || { tail -20 ".cache/cmake-$preset.log" >&2; die "cmake failed"; }
  fi
  # Ninja's own progress line goes to the terminal; elsewhere only what went wrong.
  if [ -t 1 ]; then ninja -C "build/$preset" "$@"
  else ninja -C "build/$preset" "$@" >".cache/build-$preset.log" 2>&1 || { grep -vE '^\[[0-9]+/' ".cache/build-$preset.log" | tail -60 >&2; die "the $preset build failed"; }; fi
}

build_program() {
  step "building the program ($1)"
  case $1 in dev | release | asan | tsan) build_preset "$1" fairway ;; *) die "unknown preset '$1': dev, release, asan or tsan" ;; esac
}

# newest_of PATH…: the newest modification time below the paths, in seconds.
newest_of() { find "$@" -type f -printf '%T@\n' 2>/dev/null | sort -n | tail -1 | cut -d. -f1; }

install_portal_packages() {
  if [ -d web/node_modules ] && [ ! web/package-lock.json -nt web/node_modules/.package-lock.json ]; then return; fi
  step "installing the portal's packages"
  (cd web && npm ci --no-audit --no-fund --silent) || die "npm ci failed in web/"
}

build_portal() {
  if [ -f web/dist/index.html ] && [ "$(newest_of web/src web/verifier web/index.html web/public web/package-lock.json openapi)" -le "$(stat -c %Y web/dist/index.html)" ]; then return; fi
  need_node
  install_portal_packages
  step "building the portal"
  (cd web && npm run --silent build) >.cache/portal.log 2>&1 || { tail -20 .cache/portal.log >&2; die "the portal build failed"; }
}
