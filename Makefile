# Two commands do everything on a fresh machine: `make playground` and `make test`.

.DEFAULT_GOAL := help
.PHONY: help playground test build site bench

help:
	@echo "make playground   install what is missing, build, and serve the playground on this machine"
	@echo "make test         install what is missing, and run every check"
	@echo "make build        build the wasm modules and the page"
	@echo "make site         build the folder that any static host can serve, and the npm package"
	@echo "make bench        measure"

playground:
	@scripts/playground.sh

test:
	@scripts/test.sh

build:
	@scripts/build.sh

site:
	@scripts/site.sh

bench:
	@scripts/bench.sh
