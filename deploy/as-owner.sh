#!/bin/sh
# Runs iotmqtt in its container as who owns the folder that is mounted on /w, so that reports and schemas belong to the caller and not to root.
# Started as a user of its own (`docker run --user …`) it stays that user.
set -eu
export DOTNET_CLI_HOME=/tmp HOME="${HOME:-/tmp}"
set -- dotnet /app/IotMqtt.Orchestrator.dll "$@"
if [ "$(id -u)" = 0 ]; then
  owner=$(stat -c %u /w) group=$(stat -c %g /w)
  [ "$owner" = 0 ] || exec setpriv --reuid "$owner" --regid "$group" --clear-groups -- "$@"
fi
exec "$@"
