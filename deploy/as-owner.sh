#!/bin/sh
# Runs iotmqtt in its container as who owns the working folder (/w, where the caller has mounted one), so that what is written there is the caller's and not root's.
# Started as a user of its own (`docker run --user …`) it stays that user.
set -eu
export DOTNET_CLI_HOME=/tmp HOME="${HOME:-/tmp}"
set -- dotnet /app/IotMqtt.Orchestrator.dll "$@"
if [ "$(id -u)" = 0 ]; then
  owner=$(stat -c %u .) group=$(stat -c %g .)
  [ "$owner" = 0 ] || exec setpriv --reuid "$owner" --regid "$group" --clear-groups -- "$@"
fi
exec "$@"
