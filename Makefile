# icwscan: `make demo` and `make test` are all that a new user needs; each installs what is missing first.

PREFIX ?= /usr/local
DESTDIR ?=

# What the build needs, what the demonstration needs, and what the tests call beside it (real peers).
BUILD_PACKAGES := libpcap-dev libexpat1-dev libseccomp-dev libarchive-dev libsqlite3-dev zlib1g-dev pkg-config
DEMO_PACKAGES := $(BUILD_PACKAGES) python3 curl iproute2 util-linux
TEST_PACKAGES := $(DEMO_PACKAGES) tcpdump tshark lsof netcat-openbsd mandoc python3-jsonschema nftables iptables rpm

# What the slow tests run beside that: an archive in shards, on GNU parallel, Spark (from PyPI) and DuckDB (from PyPI), and
# a browser for the pages of --html.
TEST_ALL_PACKAGES := $(TEST_PACKAGES) parallel default-jre-headless python3-venv chromium fonts-dejavu-core

BINARY := .build/release/icwscan

# Relative relocations in packed form halve the work of the loader, which is most of what `owner` takes on a quiet host; the
# C library reads them since its version 2.36.
PACKED := $(shell ldd --version 2>/dev/null | awk 'NR == 1 { split($$NF, v, "."); if (v[1] > 2 || v[2] >= 36) print "-Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs" }')

# What the benchmark runs beside icwscan.
BENCH_PACKAGES := $(BUILD_PACKAGES) python3 iproute2 util-linux tcpdump tshark lsof libndpi-bin

.PHONY: all build demo test test-all bench bench-packages lint install uninstall clean build-packages demo-packages test-packages test-all-packages

all: build

build: build-packages
	swift build -c release --static-swift-stdlib $(PACKED) --product icwscan
	strip -o .build/icwscan $(BINARY)

demo: demo-packages build
	captures/demo .build/icwscan

test: test-packages
	Tests/run

test-all: test-all-packages
	Tests/run --all

# Builds its own inputs (2 GB below .build), takes some minutes, and writes the table into README.md. BENCH_FLAGS=--large
# adds a capture of 10 GB. As root it also loads a network namespace with 50,000 sockets. BENCH_FLAGS=--loss measures
# instead what a live capture loses, as root.
bench: bench-packages build
	swift build -c release --product BenchmarkInputs
	swift build -c release --product FloodGenerator
	Tests/benchmark --readme $(BENCH_FLAGS)

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

# $(call packages,LIST): installs those of the list that dpkg does not know as installed, and says so.
define packages
	@missing=""; for p in $(1); do dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  echo "Installing Debian packages:$$missing"; \
	  if [ "$$(id -u)" = 0 ]; then sudo=""; else sudo=sudo; fi; \
	  $$sudo apt-get update -qq && \
	  echo 'wireshark-common wireshark-common/install-setuid boolean false' | $$sudo debconf-set-selections && \
	  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi
endef

build-packages:
	$(call packages,$(BUILD_PACKAGES))

demo-packages:
	$(call packages,$(DEMO_PACKAGES))

test-packages:
	$(call packages,$(TEST_PACKAGES))

test-all-packages:
	$(call packages,$(TEST_ALL_PACKAGES))

bench-packages:
	$(call packages,$(BENCH_PACKAGES))

install: build
	install -D -m 755 .build/icwscan $(DESTDIR)$(PREFIX)/bin/icwscan
	install -D -m 644 man/icwscan.1 $(DESTDIR)$(PREFIX)/share/man/man1/icwscan.1
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	.build/icwscan --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/icwscan
	.build/icwscan --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_icwscan
	.build/icwscan --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/icwscan.fish

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/icwscan $(DESTDIR)$(PREFIX)/share/man/man1/icwscan.1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/icwscan \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_icwscan \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/icwscan.fish

clean:
	swift package clean
