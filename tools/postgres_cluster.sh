#!/bin/sh
# A private PostgreSQL 15 on loopback, for tests and benchmarks: start it, use it, throw its folder away.
#
#   postgres_cluster.sh start [--fast] DIR PORT   makes DIR where it does not exist, starts, prints the store's URL
#   postgres_cluster.sh stop DIR                  stops what start started there; the data stays
#
# Anybody on this machine may connect (trust on 127.0.0.1 and on the Unix socket in DIR), so it is for nothing but tests.
# Durability is PostgreSQL's own default (fsync, full pages, synchronous commit). --fast only saves start-up work and memory:
# initdb does not wait for its files to reach the disk. As root, the server runs as the user postgres, since it refuses root.
set -eu

fail() { echo "postgres_cluster: $1" >&2; exit 1; }
usage() { sed -n '4,5s/^# *//p' "$0" >&2; exit 2; }

find_programs() {
  for folder in /usr/lib/postgresql/15/bin "$(dirname "$(command -v pg_ctl 2>/dev/null || echo /nowhere/pg_ctl)")"; do
    [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && programs=$folder && return
  done
  fail "PostgreSQL 15 is not installed (Debian: postgresql-15)"
}

as_owner() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

start() {
  fast=
  [ "${1:-}" != --fast ] || { fast=--no-sync; shift; }
  [ $# = 2 ] || usage
  mkdir -p "$1"
  dir=$(cd "$1" && pwd) port=$2
  [ "$(id -u)" != 0 ] || chown postgres "$dir"
  if [ ! -f "$dir/data/PG_VERSION" ]; then
    as_owner "$programs/initdb" $fast -D "$dir/data" -U fairway -A trust -E UTF8 --locale=C >"$dir/initdb.log" 2>&1 ||
      fail "initdb failed: see $dir/initdb.log"
    as_owner sh -c 'cat >>"$1/data/postgresql.conf"' sh "$dir" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$dir'
max_connections = 200
shared_buffers = 256MB
max_wal_size = 2GB
CONF
  fi
  as_owner "$programs/pg_ctl" status -D "$dir/data" >/dev/null 2>&1 ||
    as_owner "$programs/pg_ctl" start -w -t 60 -D "$dir/data" -l "$dir/server.log" -o "-p $port" >/dev/null ||
    fail "the server did not start: see $dir/server.log"
  "$programs/psql" -qAt -h 127.0.0.1 -p "$port" -U fairway -d postgres -c "SELECT 1 FROM pg_database WHERE datname = 'fairway'" | grep -q 1 ||
    "$programs/createdb" -h 127.0.0.1 -p "$port" -U fairway fairway
  echo "postgresql://fairway@127.0.0.1:$port/fairway"
}

# pg_ctl goes by the server's own pid file and waits until it has ended.
stop() {
  [ $# = 1 ] || usage
  [ -f "$1/data/postmaster.pid" ] || return 0
  as_owner "$programs/pg_ctl" stop -w -m fast -D "$(cd "$1" && pwd)/data" >/dev/null
}

find_programs
command=${1:-}
[ $# -gt 0 ] && shift
case $command in
  start) start "$@" ;;
  stop) stop "$@" ;;
  *) usage ;;
esac
