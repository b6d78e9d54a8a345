# The main job and the tests, each one command; both do all the set-up and are safe to repeat.
SHELL := /bin/bash
LSMAP := .build/release/lsmap
export LSMAP_COMMIT := $(shell git describe --always --dirty --abbrev=9 2>/dev/null)
.PHONY: setup build demo test test-faults bench docs lint format

setup:
	@./scripts/setup

build: setup
	swift build -c release --product lsmap

# The synthetic prefecture of one seed and its worst day: layers, map and QGIS project in demo/out.
demo: build
	$(LSMAP) simulate prefecture --out demo/data --overwrite
	$(LSMAP) predict --catalog demo/data/catalog.yaml --out demo/out --overwrite --model fixtures/models/demo.safetensors \
	  --date $$(sed -n 's/.*"suggestedDate" : "\(.*\)".*/\1/p' demo/data/simulation.json)

test: setup lint
	swift test -c release

# Damaged and hostile files, full disks, signals, closed streams: what docs/RELIABILITY.md promises.
FAULTS := PackedArray|RainGate|GroundGate|AlignPolygon|Seal|Safetensors|Damage|PlainFile|Draft|Kill|Stream|Verification
test-faults: setup
	swift build -c release --build-tests
	swift test -c release --skip-build --filter '($(FAULTS))Tests'

lint:
	swift format lint --strict --recursive Sources Tests Benchmarks Package.swift

format:
	swift format --in-place --recursive Sources Tests Benchmarks Package.swift

# Figures, no checks: each beside the floor of the machine and other programs. One subject: make bench ONLY=tank
bench: setup
	swift build -c release --product lsmap
	swift build -c release --product lsmap-bench
	.build/release/lsmap-bench $(if $(ONLY),--only $(ONLY))

# Pages and symbols of every room as one DocC archive; stops at a link that leads nowhere.
docs: build
	./scripts/docs
