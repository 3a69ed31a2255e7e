#!/usr/bin/env bash
# Previews the program against an emulator that holds the sample, under the policies: what a pull request has to pass.
# Nothing of the real service is touched, and no key is needed.
set -euo pipefail
cd "$(dirname "$0")"

PATH="$PWD/node_modules/.bin:$PATH"
mediasaur-emulator --port "${EMULATOR_PORT:-4010}" --seed sample > emulator.log &
emulator=$!
backend=$(mktemp -d)
trap 'kill "$emulator" || true; rm -rf "$backend"' EXIT
until grep -q "is ready" emulator.log; do
  kill -0 "$emulator" # ends the script where the emulator did not start
  sleep 0.1
done

export PULUMI_BACKEND_URL="file://$backend" PULUMI_CONFIG_PASSPHRASE="for this run only"
export MEDIASAUR_API_KEY="sk_emulator_0123456789"
export MEDIASAUR_BASE_URL="http://127.0.0.1:${EMULATOR_PORT:-4010}"
export MEDIASAUR_UPLOAD_URL="$MEDIASAUR_BASE_URL"

pulumi stack init preview --non-interactive
pulumi up --stack preview --yes --non-interactive --diff --policy-pack "${POLICY_PACK:-policy}"
# A second run has nothing to do: what is declared is what came of it.
pulumi preview --stack preview --non-interactive --expect-no-changes --policy-pack "${POLICY_PACK:-policy}"
