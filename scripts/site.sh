#!/usr/bin/env bash
# Builds the folder that any static host can serve, and packs the npm package.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
scripts/build.sh
say "Pack the npm package"
scripts/package.sh
say "Done"
echo "site:    www/dist"
echo "package: $(ls target/*.tgz)"
