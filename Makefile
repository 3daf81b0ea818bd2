# icwscan: `make demo` and `make test` are all that a new user needs; each installs what is missing first.

PREFIX ?= /usr/local
DESTDIR ?=

# What the build needs, what the demonstration needs, and what the tests call beside it (real peers).
BUILD_PACKAGES := libpcap-dev libexpat1-dev libseccomp-dev libarchive-dev libsqlite3-dev nettle-dev zlib1g-dev
DEMO_PACKAGES := $(BUILD_PACKAGES) python3 curl iproute2 util-linux
TEST_PACKAGES := $(DEMO_PACKAGES) tcpdump tshark lsof netcat-openbsd mandoc python3-jsonschema nftables iptables rpm jq libcap2-bin

# What packages are made and looked at with, and what the static parts of a release are taken from.
DEB_PACKAGES := $(BUILD_PACKAGES) debhelper dpkg-dev lintian
DIST_PACKAGES := $(BUILD_PACKAGES) liblzma-dev libzstd-dev liblz4-dev libbz2-dev libdbus-1-dev

# What the slow tests run beside that: an archive in shards, on GNU parallel, Spark (from PyPI) and DuckDB (from PyPI), a browser
# for the pages of --html, packages in a system of their own, shells that complete, and the service's unit.
TEST_ALL_PACKAGES := $(TEST_PACKAGES) $(DEB_PACKAGES) parallel default-jre-headless python3-venv chromium fonts-dejavu-core \
  debootstrap bash zsh fish systemd systemd-container logrotate strace nmap libndpi-bin

BINARY := .build/release/icwscan
BUILT ?= .build/icwscan
VERSION := $(shell sed -n 's/.*number = "\(.*\)"/\1/p' Sources/icwscan/System/Version.swift 2>/dev/null)
RELEASE := icwscan-$(VERSION)-linux-$(shell uname -m)

# Wireshark looks into its own library folder, wherever icwscan is: for another prefix than /usr name it, or link the binary into
# ~/.local/lib/wireshark/extcap.
MULTIARCH := $(shell dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || gcc -print-multiarch 2>/dev/null)
EXTCAP_DIR ?= $(PREFIX)/lib/$(MULTIARCH)/wireshark/extcap
# Debian's own packages have theirs beside those of the administrator.
ZSH_FOLDER := $(if $(filter /usr,$(PREFIX)),vendor-completions,site-functions)

# Relative relocations in packed form halve the work of the loader, which is most of what `owner` takes on a quiet host; the
# C library reads them since its version 2.36.
PACKED := $(shell ldd --version 2>/dev/null | awk 'NR == 1 { split($$NF, v, "."); if (v[1] > 2 || v[2] >= 36) print "-Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs" }')

# No folder beside the program is looked through for its libraries, and nothing that it holds is offered to others.
CLOSED := --disable-local-rpath -Xlinker --no-export-dynamic

# The C++ library that Swift's runtime needs becomes part of the program: to load it takes longer than all that is done with it.
WITHIN := -Xswiftc -L.build/within -Xswiftc -Xclang-linker -Xswiftc -static-libgcc

# The same bytes wherever the folder lies (`make reproducible` tells): no path of it is in the binary, no identity that comes from
# its debug information, and zeros where the compiler keeps sums of its own command lines (without that section the linker's layout
# would be lost, and with it the relocations that are read-only).
define stripped
strip -o $(2) $(1)
set -- $$(objdump -h -j .swift_modhash $(2) | awk '$$2 == ".swift_modhash" { print $$3, $$6 }'); [ -z "$$1" ] || \
  dd if=/dev/zero of=$(2) conv=notrunc bs=1 count=$$((0x$$1)) seek=$$((0x$$2)) status=none
endef
REPRODUCIBLE := $(foreach flag,-Xcc -Xcxx,$(flag) -ffile-prefix-map=$(CURDIR)=.) -Xswiftc -file-prefix-map -Xswiftc $(CURDIR)=. \
  -Xlinker --build-id=none

# What the benchmark runs beside icwscan.
BENCH_PACKAGES := $(BUILD_PACKAGES) python3 iproute2 util-linux tcpdump tshark lsof libndpi-bin

.PHONY: all build demo test test-all fuzz test-sanitized reproducible bench bench-packages docs lint install install-files \
  install-service uninstall deb deb-packages dist dist-packages clean build-packages demo-packages test-packages test-all-packages

all: build

build: build-packages
	mkdir -p .build/within && ln -sf "$$(clang -print-file-name=libstdc++.a)" .build/within/
	swift build -c release --static-swift-stdlib $(PACKED) $(CLOSED) $(WITHIN) $(REPRODUCIBLE) --product icwscan
	$(call stripped,$(BINARY),.build/icwscan)

demo: demo-packages build
	captures/demo .build/icwscan

test: test-packages
	Tests/run

test-all: test-all-packages
	Tests/run --all

# Fuzzes every door for SECONDS each: make fuzz SECONDS=600 TARGET="frames captures". `Tests/fuzz` says more.
fuzz: test-packages
	Tests/fuzz --seconds $(or $(SECONDS),60) $(TARGET)

# The suite in a build with the address sanitizer, then with the thread sanitizer.
test-sanitized: test-packages
	Tests/sanitized

# Two release builds in two folders: they have to have the same bytes.
reproducible: build-packages
	Tests/reproducible

# Builds its own inputs (2 GB below .build), takes some minutes, and writes the table into README.md. BENCH_FLAGS=--large
# adds a capture of 10 GB. As root it also loads a network namespace with 50,000 sockets. BENCH_FLAGS=--loss measures
# instead what a live capture loses, as root.
bench: bench-packages build
	swift build -c release --product BenchmarkInputs
	swift build -c release --product FloodGenerator
	Tests/benchmark --readme $(BENCH_FLAGS)

# The libraries' documentation as a web site in .build/docs; a link that leads nowhere is an error.
LIBRARIES := Packets Captures Flows Identify CallWaiting Verdicts Sockets
docs: build-packages
	ICWSCAN_DOCS=1 swift package --allow-writing-to-directory .build/docs generate-documentation $(addprefix --target ,$(LIBRARIES)) \
	  --enable-experimental-combined-documentation --output-path .build/docs --warnings-as-errors

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Examples

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

deb-packages:
	$(call packages,$(DEB_PACKAGES))

dist-packages:
	$(call packages,$(DIST_PACKAGES))

bench-packages:
	$(call packages,$(BENCH_PACKAGES))

install: build install-files install-service

# What belongs to the command. BUILT is the binary, which has to be there.
install-files:
	install -D -m 755 $(BUILT) $(DESTDIR)$(PREFIX)/bin/icwscan
	for page in man/*.[15]; do install -D -m 644 $$page $(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/}; done
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/$(ZSH_FOLDER) $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	$(BUILT) --generate-completion-script bash | sed '1{/^#!/d}' > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/icwscan
	$(BUILT) --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/$(ZSH_FOLDER)/_icwscan
	$(BUILT) --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/icwscan.fish
	install -d $(DESTDIR)$(EXTCAP_DIR)
	ln -sfr $(DESTDIR)$(PREFIX)/bin/icwscan $(DESTDIR)$(EXTCAP_DIR)/icwscan

# The service, which nothing starts by itself, and its user.
install-service:
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/system
	sed 's|/usr/bin/icwscan|$(PREFIX)/bin/icwscan|' debian/icwscan.service > $(DESTDIR)$(PREFIX)/lib/systemd/system/icwscan.service
	install -D -m 644 debian/icwscan.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/icwscan.conf

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/icwscan $(DESTDIR)$(PREFIX)/share/man/man1/icwscan.1 \
	  $(DESTDIR)$(PREFIX)/share/man/man5/icwscan-json.5 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/icwscan \
	  $(DESTDIR)$(PREFIX)/share/zsh/$(ZSH_FOLDER)/_icwscan \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/icwscan.fish \
	  $(DESTDIR)$(EXTCAP_DIR)/icwscan \
	  $(DESTDIR)$(PREFIX)/lib/systemd/system/icwscan.service $(DESTDIR)$(PREFIX)/lib/sysusers.d/icwscan.conf

# A Debian package in .build/deb. Debhelper wants a folder of its own: it writes beside the one that it works in.
deb: build deb-packages
	rm -rf .build/deb && mkdir -p .build/deb/source
	cp -R debian man Makefile LICENSE CHANGELOG.md .build/deb/source
	debian/changelog-of $(VERSION) > .build/deb/source/debian/changelog
	cd .build/deb/source && BUILT=$(abspath $(BUILT)) dpkg-buildpackage --build=binary --no-sign --no-check-builddeps
	lintian --fail-on error,warning --info --allow-root .build/deb/*.changes

# A tarball to unpack below /usr/local, with checksums, in .build/dist. The objects of the build are linked once more, against
# static libraries alone: the package manager can't put a folder in front of the system's. They are inside
# instead of what loads them when they are needed. Of libraries it asks for the C library.
STATIC := expat archive pcap seccomp z stdc++ nettle lzma zstd lz4 bz2 dbus-1
dist: build dist-packages
	rm -rf .build/dist && mkdir -p .build/dist/static .build/dist/stage
	debian/static-libraries .build/dist/static $(STATIC)
	grep -v -e '/C\(Pcap\|Archive\|Zlib\|Expat\|Seccomp\)\.c\.o' .build/release/icwscan.product/Objects.LinkFileList > .build/dist/objects
	swiftc -emit-executable -static-stdlib -use-ld=lld -o .build/dist/linked -L .build/dist/static @.build/dist/objects .build/dist/static/instead.o \
	  $(addprefix -l,$(STATIC)) -lm -Xclang-linker -static-libgcc -Xlinker --gc-sections -Xlinker --defsym=main=icwscan_main
	$(call stripped,.build/dist/linked,.build/dist/icwscan)
	$(MAKE) install-files install-service BUILT=.build/dist/icwscan DESTDIR=.build/dist/stage PREFIX=/usr/local
	cp README.md CHANGELOG.md LICENSE debian/copyright .build/dist/stage/usr/local
	cp /usr/share/common-licenses/Apache-2.0 /usr/share/common-licenses/GPL-2 /usr/share/common-licenses/GPL-3 \
	  /usr/share/common-licenses/LGPL-3 .build/dist/stage/usr/local
	mv .build/dist/stage/usr/local .build/dist/$(RELEASE)
	tar -C .build/dist --sort=name --owner=0 --group=0 --numeric-owner --mtime=@$$(git log -1 --format=%ct 2>/dev/null || date +%s) \
	  -czf .build/dist/$(RELEASE).tar.gz $(RELEASE)
	cd .build/dist && sha256sum $(RELEASE).tar.gz > SHA256SUMS && cat SHA256SUMS

clean:
	swift package clean
