#!/usr/bin/env bash
# Refuses what must not be in a tracked file: host names of package registries, and paths of one machine.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

registries='npmjs[.](org|com)|(?<![-\w/])crates[.]io(?!-index)|//[\w.]*crates[.]io|pypi[.]org|pythonhosted[.]org|yarnpkg[.]com|proxy[.]golang[.]org'
machine_paths='(?<![\w.-])/(root|home/\w+|Users/\w+|work/(main|wt|shared))/'

status=0
for pattern in "$registries" "$machine_paths"; do
  if git grep -InP "$pattern" -- . ':!scripts/check-text.sh'; then status=1; fi
done
[ "$status" = 0 ] && echo "$(git ls-files | wc -l) tracked files are clean" || echo "error: the lines above name a package registry or a path of one machine"
exit "$status"
