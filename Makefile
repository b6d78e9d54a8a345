# The main job and the tests, each one command; both do all the set-up and are safe to repeat.
SHELL := /bin/bash
LSMAP := .build/release/lsmap
export LSMAP_COMMIT := $(shell git describe --always --dirty --abbrev=9 2>/dev/null)
.PHONY: setup build demo test test-daily test-faults test-qgis test-cluster qgis-plugin bench docs lint format install deb

setup:
	@./scripts/setup

# The path is where an installed program finds the Swift libraries that `make install` puts beside it.
build: setup
	swift build -c release --product lsmap -Xlinker -rpath -Xlinker '$$ORIGIN/../lib/lsmap'

# The synthetic prefecture of one seed and its worst day: layers, map and QGIS project in demo/out.
demo: build
	$(LSMAP) simulate prefecture --out demo/data --overwrite
	$(LSMAP) predict --catalog demo/data/catalog.yaml --out demo/out --overwrite --model fixtures/models/demo.safetensors \
	  --date $$(sed -n 's/.*"suggestedDate" : "\(.*\)".*/\1/p' demo/data/simulation.json)

# Tests look into rooms (`@testable`), optimised: numeric suites would take twenty times as long otherwise.
TESTABLE := -c release -Xswiftc -enable-testing
test: setup lint
	swift test $(TESTABLE)

# Damaged and hostile files, full disks, signals, closed streams: what docs/RELIABILITY.md promises.
FAULTS := PackedArray|RainGate|GroundGate|AlignPolygon|Seal|Safetensors|Damage|PlainFile|Draft|Kill|Stream|Verification
test-faults: setup
	swift test $(TESTABLE) --filter '($(FAULTS))Tests'
	./scripts/test-faults $(LSMAP)

# The crontab and the systemd unit of examples/daily, executed as written.
test-daily: build
	./scripts/test-daily $(LSMAP)

# What QGIS makes of the files, without a screen: installs Debian's qgis where it is missing. Not part of `test`: it takes minutes.
test-qgis: build
	./scripts/test-qgis $(LSMAP)
	./scripts/test-qgis-plugin $(LSMAP)

# .build/qgis/lsmap-qgis-VERSION.zip: the plugin of QGIS, which runs an installed lsmap from the Processing toolbox.
qgis-plugin:
	./scripts/qgis-plugin

# A hindcast as job arrays on a real Slurm of one node, with tasks killed at random: installs Debian's slurm-wlm and munge.
test-cluster: build
	./scripts/test-cluster $(LSMAP)

lint:
	swift format lint --strict --recursive Sources Tests Benchmarks Package.swift
	./scripts/check-house --quiet
	./scripts/styles --check

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

# Under PREFIX (/usr/local), DESTDIR before it for packagers.
PREFIX ?= /usr/local
install: build
	./scripts/install $(LSMAP) $(PREFIX)

# .build/deb/lsmap_VERSION_ARCHITECTURE.deb
deb: build
	./scripts/deb $(LSMAP)
