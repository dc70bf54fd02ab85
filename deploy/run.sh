#!/usr/bin/env bash
# Runs the server in the foreground, for containers and service managers, from the folder that holds this file, wallwhale.war,
# payara-micro.jar and payara-config. The log is standard output; SIGTERM stops it within 30 seconds; JAVA_OPTS go to Java. Exits with 3 when the start is refused, and with 1 when
# it fails for what may be well at the next try, such as a database that is not there yet or a restore that goes on.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export LC_ALL=C.UTF-8
export WALLWHALE_DATA_DIR="${WALLWHALE_DATA_DIR:-/var/lib/wallwhale}"
export WALLWHALE_HTTP_PORT="${WALLWHALE_HTTP_PORT:-8080}"
export WALLWHALE_HTTP_ADDRESS="${WALLWHALE_HTTP_ADDRESS:-127.0.0.1}"
umask 077
# Instances that share a data folder have a file each.
mkdir -p "$WALLWHALE_DATA_DIR/logs"
preboot="$WALLWHALE_DATA_DIR/logs/preboot-${WALLWHALE_INSTANCE_ID:-$HOSTNAME-$WALLWHALE_HTTP_PORT}.asadmin"
listener=configs.config.server-config.network-config.network-listeners.network-listener.http-listener
{ cat "$here/payara-config/preboot.asadmin"
  echo "set $listener.address=$WALLWHALE_HTTP_ADDRESS"
  echo "set $listener.enabled=false"
} >"$preboot"
# shellcheck disable=SC2046,SC2086
exec java -Dwallwhale.own-process=true $(grep -v '^#' "$here/payara-config/jvm.options") ${JAVA_OPTS:-} -jar "$here/payara-micro.jar" \
    --deploy "$here/wallwhale.war" --contextroot / --port "$WALLWHALE_HTTP_PORT" \
    --noCluster --disablephonehome --prebootcommandfile "$preboot" --postdeploycommandfile "$here/payara-config/postdeploy.asadmin"
