# On Debian or Ubuntu with a Swift toolchain two commands do everything: `make demo` and `make test`.
# What they miss they install first, and say so in one line.

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift

RELEASE_FLAGS := -c release --static-swift-stdlib
RELEASE := .build/release/assay
SOURCES := Package.swift $(shell find Sources -type f 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help demo test bench build release install lint format clean dependencies

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F '|' '{ printf "%-16s%s\n", $$1, $$2 }'

demo: dependencies ## build, then run the checks against a sample warehouse in a throwaway PostgreSQL
	$(SWIFT) build --product assay
	@"$$($(SWIFT) build --show-bin-path)/assay" demo --report .build/demo-report

test: dependencies ## build and run all tests; they start their own PostgreSQL
	$(SWIFT) test --disable-xctest

# Variables: SCALE (1 is the size of published figures), ROUNDS, WORKLOADS="wide many", JSON=FILE.
SCALE ?= 1
ROUNDS ?= 5
WORKLOADS ?=
JSON ?=

bench: $(RELEASE) ## measure the release build against hand-written SQL; SCALE=0.02 for a quick look
	$(SWIFT) build $(RELEASE_FLAGS) --product Benchmarks
	@"$$($(SWIFT) build $(RELEASE_FLAGS) --show-bin-path)/Benchmarks" --assay $(RELEASE) \
	    --scale $(SCALE) --rounds $(ROUNDS) $(if $(JSON),--json "$(JSON)") $(if $(PAGES),--pages "$(PAGES)") $(WORKLOADS)

build: dependencies ## debug build
	$(SWIFT) build

release: $(RELEASE) ## optimized build that needs no Swift on the machine it runs on

$(RELEASE): $(SOURCES) | dependencies
	$(SWIFT) build $(RELEASE_FLAGS) --product assay
	@touch -c $@

install: $(RELEASE) ## install the release build, man page and shell completions under PREFIX (/usr/local)
	@set -eu; \
	share="$(DESTDIR)$(PREFIX)/share"; \
	work=$$(mktemp -d); trap 'rm -rf "$$work"' EXIT; \
	$(RELEASE) manual > "$$work/assay.1"; \
	for shell in bash zsh fish; do $(RELEASE) --generate-completion-script $$shell > "$$work/$$shell"; done; \
	install -d "$(DESTDIR)$(PREFIX)/bin" "$$share/man/man1" "$$share/bash-completion/completions" \
	    "$$share/zsh/site-functions" "$$share/fish/vendor_completions.d"; \
	install -m 755 $(RELEASE) "$(DESTDIR)$(PREFIX)/bin/assay"; \
	install -m 644 "$$work/assay.1" "$$share/man/man1/assay.1"; \
	install -m 644 "$$work/bash" "$$share/bash-completion/completions/assay"; \
	install -m 644 "$$work/zsh" "$$share/zsh/site-functions/_assay"; \
	install -m 644 "$$work/fish" "$$share/fish/vendor_completions.d/assay.fish"; \
	echo "assay: installed under $(DESTDIR)$(PREFIX)"

lint: ## say where the code departs from .swift-format
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Package.swift

format: ## rewrite the code as .swift-format says
	$(SWIFT) format --in-place --recursive --parallel Sources Tests Package.swift

clean: ## remove what was built
	rm -rf .build

# Looks for what is needed, not for package names: a PostgreSQL from elsewhere is as good as Debian's.
define FIND_MISSING
have() { command -v "$$1" > /dev/null 2>&1; }
need() { missing="$$missing $$1"; }
server() {
    for directory in "$$(pg_config --bindir 2> /dev/null)" /usr/lib/postgresql/*/bin; do
        if [ -x "$$directory/postgres" ]; then return 0; fi
    done
    return 1
}
if ! have $(SWIFT); then
    echo "assay: no Swift toolchain on PATH; https://www.swift.org/install has one for this system" >&2
    exit 1
fi
missing=
have git || need git
have pkg-config || need pkg-config
pkg-config --exists libpq 2> /dev/null || need libpq-dev
server || need postgresql
if have apt-get; then
    # The C and C++ headers and libraries every Swift program is linked with, and the certificates git checks.
    ls /usr/include/stdlib.h /usr/lib/gcc/*/*/libstdc++.so > /dev/null 2>&1 || need g++
    [ -e /etc/ssl/certs/ca-certificates.crt ] || need ca-certificates
fi
if [ -z "$$missing" ]; then exit 0; fi

if ! have apt-get; then
    echo "assay: this system lacks what Debian calls$$missing; install it, then run make again" >&2
    exit 1
elif [ "$$(id -u)" -eq 0 ]; then
    as_root=
elif have sudo; then
    as_root=sudo
else
    echo "assay: missing$$missing, and no sudo here; as root: apt-get install$$missing" >&2
    exit 1
fi
echo "assay: installing$$missing (apt-get)"
exec $$as_root sh -euc "$$INSTALL" install $$missing < /dev/null
endef

# Runs as root. Debian's server package would create a cluster and start it; a setting keeps it from that. Afterwards
# the settings are what they were, or the package's own.
define INSTALL
export DEBIAN_FRONTEND=noninteractive
settings=/etc/postgresql-common/createcluster.conf
work=$$(mktemp -d)
leave() {
    rm -f $$settings
    if [ -e "$$work/settings" ]; then
        mv "$$work/settings" $$settings
    elif [ -e $$settings.ucf-dist ]; then
        mv $$settings.ucf-dist $$settings
    else
        rmdir $${settings%/*} 2> /dev/null || true
    fi
    rm -rf "$$work"
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
if [ -e $$settings ]; then cp -p $$settings "$$work/settings"; fi
mkdir -p $${settings%/*}
echo 'create_main_cluster = false' > $$settings

get() {
    apt-get install -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$$@" > "$$work/log" 2>&1
}
get "$$@" || { apt-get update -qq > "$$work/log" 2>&1 && get "$$@"; } || {
    cat "$$work/log" >&2
    echo "assay: apt-get could not install $$*" >&2
    exit 1
}
endef

dependencies: export FIND_MISSING := $(FIND_MISSING)
dependencies: export INSTALL := $(INSTALL)
dependencies:
	@sh -euc "$$FIND_MISSING"
