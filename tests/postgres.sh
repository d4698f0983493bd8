#!/usr/bin/env bash
# Run a command with DATABASE_URL pointing at a throwaway PostgreSQL: tests/postgres.sh pytest tests
# DURABLE=1 leaves its defaults as they are, so that a commit costs what it costs in earnest.
set -euo pipefail

bin=${PG_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)}
[ -x "$bin/initdb" ] || { echo "找不到 PostgreSQL（initdb），请安装 postgresql-15 或设置 PG_BIN。" >&2; exit 1; }

# PostgreSQL refuses to run as root.
as_owner() { "$@"; }
home=$(mktemp -d /tmp/linli-pg.XXXXXX)
if [ "$(id -u)" = 0 ]; then
  owner=${PG_OWNER:-postgres}
  chown "$owner" "$home"
  as_owner() { runuser -u "$owner" -- "$@"; }
fi

clean() {
  as_owner "$bin/pg_ctl" --pgdata "$home/data" --mode immediate --silent stop >/dev/null 2>&1 || true
  rm -rf "$home"
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

hasty="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
[ -n "${DURABLE:-}" ] && hasty=""

cd "$home"
as_owner "$bin/initdb" --pgdata "$home/data" --username linli --auth trust --encoding UTF8 --locale C.UTF-8 --no-sync >/dev/null
as_owner "$bin/pg_ctl" --pgdata "$home/data" --log "$home/log" --wait --silent start --options \
  "-k '$home' -c listen_addresses= $hasty -c max_connections=200"
as_owner "$bin/createdb" --host "$home" --username linli linli
cd "$OLDPWD"

DATABASE_URL="postgresql://linli@/linli?host=$home" "$@"
