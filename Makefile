# Everything there is to run. `make help` lists it.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

# One setting everywhere: switching it compiles the world again. Only the race
# detector needs cgo.
export CGO_ENABLED := 0

STATICCHECK_VERSION := v0.8.2
STATICCHECK := .tools/staticcheck-$(STATICCHECK_VERSION)/staticcheck
SOURCES := $(wildcard app docs e2e static views)

.PHONY: help
help: ## list what can be run
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

.PHONY: build
build: ## write the program to bin/app
	go build -trimpath -ldflags "-s -w" -o bin/app ./app

.PHONY: check
check: $(STATICCHECK) ## format, linters, generated files, import table, bans
	@echo "-- gofmt"; out=$$(gofmt -l $(SOURCES)); [ -z "$$out" ] || { echo "gofmt these files:"; echo "$$out"; exit 1; }
	@echo "-- templ fmt"; go tool templ fmt -log-level warn -fail views
	@echo "-- generated files"; tools/check-generated
	@echo "-- go.mod"; go mod tidy -diff
	@echo "-- go vet"; go vet ./...
	@echo "-- staticcheck"; $(STATICCHECK) ./...
	@echo "-- import table and bans"; go test -count=1 -run 'Architecture|Ban' ./app

.PHONY: test
test: ## install what the tests need, then run them all, real clients and browser included
	tools/install-test-needs clients browser axe comparison tracer
	go test -count=1 -timeout 40m ./...

# The detector makes code 5 to 10 times slower, so it has a time limit of its own
# and a tenth of the long loops, and what drives a built program from outside gains nothing from it.
.PHONY: race
race: ## run the tests of app/ under the race detector
	@if tools/install-test-needs compiler; then CGO_ENABLED=1 TEST_SCALE=$${TEST_SCALE:-0.002} go test -race -count=1 -timeout 50m ./app/...; \
	else [ "$${CI:-}" != true ]; fi

.PHONY: clock
clock: ## how long it takes a newcomer to the first package installed
	tools/install-test-needs clients
	go test -count=1 -v -run NewcomerClock ./e2e

.PHONY: image-test
image-test: ## build the Dockerfile as it stands and run the image
	@if tools/install-test-needs containers; then tools/image-test; else [ "$${CI:-}" != true ]; fi

.PHONY: bench
bench: ## measure the program's CPU beside nginx serving the same bytes
	tools/install-test-needs comparison
	go run ./e2e/bench

.PHONY: benchmarks
benchmarks: ## run every Go benchmark once
	go test -run '^$$' -bench . -benchmem ./app/... ./views/...

.PHONY: generate
generate: ## write the *_templ.go files
	go generate ./...

.PHONY: clean
clean: ## remove what make built and installed
	rm -rf bin .tools

$(STATICCHECK):
	GOBIN=$(CURDIR)/$(@D) go install honnef.co/go/tools/cmd/staticcheck@$(STATICCHECK_VERSION)
