#!/bin/sh
# Writes .env for docker-compose.yml: the host name and fresh secrets, readable by its owner only.
# Usage: sh docker/create-env.sh hire.example.org [FILE]
set -eu
domain=${1:?'Name the host people will type, for example hire.example.org.'}
file=${2:-.env}

case $domain in
  *[!A-Za-z0-9.-]* | .* | -*)
    echo "\"$domain\" is not a host name: no https://, no port, no path." >&2
    exit 1
    ;;
esac
if [ -e "$file" ]; then
  echo "$file exists already. Its passwords open the databases that were made with them: keep it." >&2
  exit 1
fi

# Hexadecimal, so that a password needs no escaping inside an address.
secret() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }

umask 077
cat > "$file.new" <<ENV
# Made by docker/create-env.sh for docker-compose.yml. Keep a copy with your backups, apart from the data.
DOMAIN=$domain
POSTGRES_PASSWORD=$(secret 24)
FAIRTAKE_APP_PASSWORD=$(secret 24)
FAIRTAKE_OPS_PASSWORD=$(secret 24)
FAIRTAKE_MIGRATOR_PASSWORD=$(secret 24)
REDIS_PASSWORD=$(secret 24)
GARAGE_RPC_SECRET=$(secret 32)
GARAGE_ACCESS_KEY=GK$(secret 12)
GARAGE_SECRET_KEY=$(secret 32)
ENV
mv "$file.new" "$file"
echo "Wrote $file. Next: docker compose up -d --build"
