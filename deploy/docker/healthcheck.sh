#!/usr/bin/env bash
# Exits with 0 while the server in this container is ready, with 1 otherwise. No program but bash is needed.
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${WALLWHALE_HTTP_PORT:-8080}"
printf 'GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 5 line <&3
[[ $line == "HTTP/1.1 200"* ]]
