#!/usr/bin/env bash
# What the GitHub action and the GitLab template do: run programs, keep the reports, write the step's summary, put each failure at its file and line.
# INPUT_PROGRAM (one a line), INPUT_FLEET, INPUT_BROKER, INPUT_SET (one a line), INPUT_REPORTS, INPUT_COMMAND; the exit code is the verdict.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
reports=${INPUT_REPORTS:-iotmqtt-reports}
mkdir -p "$reports"

mapfile -t programs < <(grep -v '^[[:space:]]*$' <<<"${INPUT_PROGRAM:?name a program}")
arguments=(run "${programs[@]}" --report "junit=$reports/junit.xml" --report "markdown=$reports/summary.md" --report "html=$reports/{program}.html")
[ -z "${INPUT_FLEET:-}" ] || arguments+=(--fleet "$INPUT_FLEET")
[ -z "${INPUT_BROKER:-}" ] || arguments+=(--broker "$INPUT_BROKER")
while IFS= read -r line; do
  [ -z "$line" ] || arguments+=(--set "$line")
done <<<"${INPUT_SET:-}"

if [ -n "${INPUT_COMMAND:-}" ]; then
  # As a shell reads it: it may have options and quotes of its own.
  eval "command=($INPUT_COMMAND)"
elif command -v iotmqtt >/dev/null; then
  command=(iotmqtt)
else
  docker build --quiet --tag iotmqtt "$here/../.." >&2 || exit 2
  command=(docker run --rm --network host -v "$PWD:/w")
  # Secrets and settings by name: their values stand on no command line.
  while IFS= read -r name; do command+=(--env "$name"); done < <(compgen -e | grep -E '^(IOTMQTT_|OTEL_|TRACEPARENT$)')
  command+=(iotmqtt)
fi

"${command[@]}" "${arguments[@]}" 2> >(tee "$reports/errors.txt" >&2)
code=$?
wait

[ -z "${GITHUB_STEP_SUMMARY:-}" ] || [ ! -f "$reports/summary.md" ] || cat "$reports/summary.md" >>"$GITHUB_STEP_SUMMARY"
[ -z "${GITHUB_OUTPUT:-}" ] || echo "exit-code=$code" >>"$GITHUB_OUTPUT"
if [ -n "${GITHUB_ACTIONS:-}" ]; then
  # `what went wrong  (file:line:column)` of a run, and `file:line:column: error: what` of a file that is not valid.
  sed -nE \
    -e 's/%/%25/g' \
    -e 's/^(.*)  \(([^():]+):([0-9]+):([0-9]+)\)$/::error file=\2,line=\3,col=\4::\1/p' \
    -e 's/^([^ :]+):([0-9]+):([0-9]+): error: (.*)$/::error file=\1,line=\2,col=\3::\4/p' \
    "$reports/errors.txt"
fi
exit "$code"
