#!/usr/bin/env bash
# Builds everything and serves the playground on this machine; vite takes the next port when its own is taken.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
scripts/build.sh
say "Serve the playground; stop with Ctrl+C"
cd www && exec vite preview --host localhost
