# Two commands do everything on a fresh machine: `make playground` and `make test`.

.DEFAULT_GOAL := help
.PHONY: help playground test build bench

help:
	@echo "make playground   install what is missing, build, and serve the playground on this machine"
	@echo "make test         install what is missing, and run every check"
	@echo "make build        build the wasm modules and the page"
	@echo "make bench        measure"

playground:
	@scripts/playground.sh

test:
	@scripts/test.sh

build:
	@scripts/build.sh

bench:
	@scripts/bench.sh
