# The main job and the tests, each one command; both do all the set-up and are safe to repeat.
SHELL := /bin/bash
export DEBIAN_FRONTEND := noninteractive
.PHONY: setup build test lint format

setup:
	@./scripts/setup

build: setup
	swift build -c release

test: setup lint
	swift test -c release

lint:
	swift format lint --strict --recursive Sources Tests Package.swift

format:
	swift format --in-place --recursive Sources Tests Package.swift
