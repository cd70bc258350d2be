# news2pdf. The targets that matter:
#   make              build/news2pdf and the library, static and shared
#   make demo         from a bare machine to build/bulletin.pdf
#   make test         set up, build, run every test
#   make help         all of them
VERSION = 0.1.0
ABI = 0
BUILD ?= build
PREFIX ?= /usr/local
DESTDIR ?=
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
SAMPLE ?= samples/daily.nitf.xml
SUITE ?= ../shared/conformance
CORPUS ?= ../shared/corpus
BENCH ?= ../shared/bench
PYTHON ?= $(if $(wildcard /usr/bin/python3),/usr/bin/python3,python3)
CLANG_FORMAT ?= clang-format

PACKAGES = libxml-2.0 libxslt libexslt gumbo jansson libcmark yaml-0.1 libarchive harfbuzz harfbuzz-subset icu-uc icu-i18n \
	libpng libjpeg libwebp cairo lcms2 fontconfig libdeflate zlib nettle libqpdf libseccomp
CFLAGS ?= -O2 -g
LDFLAGS ?=
WARNINGS = -std=c17 -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Werror
# pkg-config is asked once, and only by a target that compiles.
PACKAGE_CFLAGS = $(eval PACKAGE_CFLAGS := $$(shell pkg-config --cflags $(PACKAGES)))$(PACKAGE_CFLAGS)
PACKAGE_LIBS = $(eval PACKAGE_LIBS := $$(shell pkg-config --libs $(PACKAGES)))$(PACKAGE_LIBS)
COMPILE = $(CC) -Isrc -I$(BUILD) $(CPPFLAGS) $(PACKAGE_CFLAGS) $(CFLAGS) $(WARNINGS) -fPIC -MMD -MP
LIBS = -lhpdf $(PACKAGE_LIBS) -lm -lpthread
# Commands are named, not shown: make V=1 shows them.
Q = $(if $(V),,@echo '  $(1) $@';)
LINK = $(CC) $(CFLAGS) $(LDFLAGS) -Wl,--as-needed

PROGRAM = $(BUILD)/news2pdf
STATIC = $(BUILD)/libnews2pdf.a
SHARED = $(BUILD)/libnews2pdf.so
HEADER = src/job/news2pdf.h

CLI_SOURCES = $(wildcard src/cli/*.c)
LIB_SOURCES = $(filter-out $(CLI_SOURCES),$(wildcard src/*/*.c))
LIB_OBJECTS = $(LIB_SOURCES:src/%.c=$(BUILD)/obj/%.o)
CLI_OBJECTS = $(CLI_SOURCES:src/%.c=$(BUILD)/obj/%.o)
UNIT_SOURCES = $(wildcard tests/unit/*_test.c)
UNIT_TESTS = $(UNIT_SOURCES:tests/%.c=$(BUILD)/tests/%)
# Programs that tests use: of every folder but those with their own rules.
TEST_TOOLS = $(patsubst tests/%.c,$(BUILD)/tests/%,$(filter-out tests/unit/% tests/bench/% tests/fuzz/% tests/faults/%,$(wildcard tests/*.c tests/*/*.c)))
# All but the table of properties, whose rows are as long as they are.
FORMATTED = $(filter-out src/css/properties.h,$(wildcard src/*/*.[ch] tests/*.[ch] tests/*/*.[ch] tools/*.[ch]))

# Hyphenation patterns are compiled into tries that the program maps.
PATTERNS = $(patsubst styles/hyphenation/%.dic,$(BUILD)/hyphenation/%.hyp,$(wildcard styles/hyphenation/[a-z]*.dic))
TEXT_DATA = $(PATTERNS) $(BUILD)/languages.txt
# The manual and the completions come out of the program's option table.
SHELLS = $(BUILD)/completion.bash $(BUILD)/completion.zsh $(BUILD)/completion.fish

all: $(PROGRAM) $(STATIC) $(SHARED) $(TEXT_DATA) $(BUILD)/news2pdf.1 $(SHELLS)

# ---- building -------------------------------------------------------------------------------------
# What objects depend on besides their sources: the variables of the commands, in files that are written anew only when
# they change. PREFIX is known to few.
ifneq ($(filter-out clean help setup format uninstall,$(or $(MAKECMDGOALS),all)),)
keep = $(shell mkdir -p $(BUILD) && { echo '$(2)' | cmp -s - $(BUILD)/$(1) || echo '$(2)' >$(BUILD)/$(1); })
$(call keep,settings,$(CC) $(CPPFLAGS) $(CFLAGS) $(WARNINGS) $(LDFLAGS))
$(call keep,prefix,$(VERSION) $(PREFIX))
endif

$(PROGRAM): $(CLI_OBJECTS) $(STATIC)
	$(call Q,link) $(LINK) -o $@ $(CLI_OBJECTS) $(STATIC) $(LIBS)

$(STATIC): $(LIB_OBJECTS)
	$(call Q,ar) rm -f $@ && $(AR) rcs $@ $^

$(SHARED): $(LIB_OBJECTS) tools/news2pdf.map
	$(call Q,link) $(LINK) -shared -Wl,-z,defs -Wl,-soname,libnews2pdf.so.$(ABI) -Wl,--version-script=tools/news2pdf.map -o $@ $(LIB_OBJECTS) $(LIBS)

# The folder that `make install` fills; a program in another place looks beside itself first.
PLACED = $(filter $(BUILD)/obj/job/%,$(LIB_OBJECTS)) $(CLI_OBJECTS)
$(PLACED): $(BUILD)/prefix
$(PLACED): CPPFLAGS += -DN2P_VERSION='"$(VERSION)"' -DN2P_DATADIR='"$(PREFIX)/share/news2pdf"'

$(BUILD)/obj/%.o: src/%.c $(BUILD)/settings
	@mkdir -p $(@D)
	$(call Q,cc) $(COMPILE) -c -o $@ $<

$(BUILD)/tests/%: tests/%.c $(STATIC) $(BUILD)/settings
	@mkdir -p $(@D)
	$(call Q,cc) $(COMPILE) -o $@ $< $(LDFLAGS) $(STATIC) -lcmocka -lhyphen $(LIBS)

$(BUILD)/hyphen_compile: tools/hyphen_compile.c src/text/hyphen_file.h $(BUILD)/settings
	$(call Q,cc) $(CC) -Isrc -O2 $(WARNINGS) -o $@ $<

$(BUILD)/hyphenation/%.hyp: styles/hyphenation/%.dic $(BUILD)/hyphen_compile
	@mkdir -p $(@D)
	$(call Q,patterns) $(BUILD)/hyphen_compile $< $@

$(BUILD)/languages.txt: styles/languages.txt
	@mkdir -p $(@D)
	$(call Q,copy) cp $< $@

$(BUILD)/news2pdf.1: docs/news2pdf.1 $(PROGRAM)
	$(call Q,manual) $(PROGRAM) --manual >$@.options && sed -e '/^@OPTIONS@/{r $@.options' -e 'd;}' \
		-e 's|news2pdf [0-9.]*"|news2pdf $(VERSION)"|' $< >$@ && rm $@.options

$(SHELLS): $(BUILD)/completion.%: $(PROGRAM)
	$(call Q,completion) $(PROGRAM) --completion $* >$@

-include $(LIB_OBJECTS:.o=.d) $(CLI_OBJECTS:.o=.d) $(UNIT_TESTS:=.d) $(TEST_TOOLS:=.d)

# ---- a bare machine -------------------------------------------------------------------------------
setup:
	@tools/setup

demo:
	@tools/setup
	@echo "Building news2pdf ..."
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@echo "Setting $(SAMPLE) ..."
	$(PROGRAM) $(SAMPLE) -o $(BUILD)/bulletin.pdf
	@echo "The bulletin is $(BUILD)/bulletin.pdf"

# ---- proving --------------------------------------------------------------------------------------
test:
	@tools/setup tests
	@$(MAKE) --no-print-directory -j$(JOBS) all test-programs
	@$(PYTHON) tests/run --build $(BUILD)

# Calls that fail, from outside (LD_PRELOAD).
SHIM = $(BUILD)/tests/faults/shim.so
$(SHIM): tests/faults/shim.c $(BUILD)/settings
	@mkdir -p $(@D)
	$(call Q,shim) $(CC) -O2 -std=gnu17 -w -shared -fPIC -o $@ $< -ldl

# Every nth call of every kind fails once: FAULTS_STEP=7 takes each seventh of many.
FAULTS_STEP ?= 1
faults: all $(SHIM)
	@$(PYTHON) tests/faults/sweep.py $(SHIM) $(PROGRAM) --step $(FAULTS_STEP)

# Coverage-guided fuzzing by clang's libFuzzer, in a build of its own.
FUZZ_SECONDS ?= 240
CLANG ?= $(or $(shell command -v clang || command -v clang-14),clang)
FUZZ_TARGETS = $(patsubst tests/fuzz/%.c,$(BUILD)/tests/fuzz/%,$(wildcard tests/fuzz/*.c))
FUZZED = BUILD=$(BUILD)-fuzz CC=$(CLANG) WARNINGS='-std=c17 -w' CFLAGS='-O1 -g -fsanitize=address,fuzzer-no-link -fno-omit-frame-pointer'
$(BUILD)/tests/fuzz/%: tests/fuzz/%.c $(STATIC) $(BUILD)/settings
	@mkdir -p $(@D)
	$(call Q,cc) $(COMPILE) -fsanitize=fuzzer -DFUZZ_DATA='"$(CURDIR)"' -o $@ $< $(LDFLAGS) $(STATIC) $(LIBS)

fuzz-programs: $(FUZZ_TARGETS) $(TEXT_DATA)
fuzz:
	@$(MAKE) --no-print-directory $(FUZZED) -j$(JOBS) fuzz-programs
	@$(PYTHON) tests/fuzz/run.py $(BUILD)-fuzz $(FUZZ_SECONDS)

test-programs: $(UNIT_TESTS) $(TEST_TOOLS) $(SHIM)

check:
	@tools/setup check
	@tools/check-depends
	@$(CLANG_FORMAT) --dry-run -Werror $(FORMATTED)
	@$(MAKE) --no-print-directory -j$(JOBS) $(LIB_OBJECTS) $(CLI_OBJECTS)
	@echo "check: dependencies, formatting and warnings are fine"

format:
	$(CLANG_FORMAT) -i $(FORMATTED)

# The sanitizers' checks make gcc see null pointers that are not there: no warnings as errors in this build.
SANITIZED = BUILD=$(BUILD)-sanitize WARNINGS='-std=c17 -w' CFLAGS='-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer'
sanitize:
	@tools/setup tests
	@$(MAKE) --no-print-directory $(SANITIZED) -j$(JOBS) all test-programs
	@$(PYTHON) tests/run --build $(BUILD)-sanitize --sanitized
	@$(PYTHON) tests/corpus --build $(BUILD)-sanitize $(wildcard $(CORPUS))

conformance: all
	@BUILD=$(BUILD) SUITE=$(SUITE) PYTHON=$(PYTHON) tests/conformance/run.sh

corpus: all
	@$(PYTHON) tests/input/corpus.py $(CORPUS) --command '$(PROGRAM) --dump=document'

verapdf: all
	@BUILD=$(BUILD) tools/verapdf

samples: all
	@BUILD=$(BUILD) samples/make.sh

gallery: all
	@BUILD=$(BUILD) tools/gallery

bench: all
	@BUILD=$(BUILD) BENCH=$(BENCH) PYTHON=$(PYTHON) tests/bench/run.sh

# ---- installing -----------------------------------------------------------------------------------
ROOT = $(DESTDIR)$(PREFIX)
DATA = $(ROOT)/share/news2pdf
COMPLETIONS = $(addprefix $(ROOT)/share/,bash-completion/completions zsh/site-functions fish/vendor_completions.d)
install: all
	install -d $(ROOT)/bin $(ROOT)/include $(ROOT)/lib/pkgconfig $(ROOT)/share/man/man1 $(DATA)
	install -m 755 $(PROGRAM) $(ROOT)/bin/news2pdf
	install -m 644 $(HEADER) $(ROOT)/include/news2pdf.h
	install -m 644 $(STATIC) $(ROOT)/lib/libnews2pdf.a
	install -m 755 $(SHARED) $(ROOT)/lib/libnews2pdf.so.$(VERSION)
	ln -sf libnews2pdf.so.$(VERSION) $(ROOT)/lib/libnews2pdf.so.$(ABI)
	ln -sf libnews2pdf.so.$(ABI) $(ROOT)/lib/libnews2pdf.so
	sed 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|; s|@PACKAGES@|$(PACKAGES)|' tools/news2pdf.pc.in >$(ROOT)/lib/pkgconfig/news2pdf.pc
	install -m 644 $(BUILD)/news2pdf.1 $(ROOT)/share/man/man1/news2pdf.1
	install -d $(COMPLETIONS)
	install -m 644 $(BUILD)/completion.bash $(word 1,$(COMPLETIONS))/news2pdf
	install -m 644 $(BUILD)/completion.zsh $(word 2,$(COMPLETIONS))/_news2pdf
	install -m 644 $(BUILD)/completion.fish $(word 3,$(COMPLETIONS))/news2pdf.fish
	rm -rf $(DATA) && install -d $(DATA)
	cp -R styles fonts profiles $(BUILD)/hyphenation $(BUILD)/languages.txt $(DATA)/
	rm -f $(DATA)/styles/hyphenation/*.dic $(DATA)/styles/languages.txt
	chmod -R u=rwX,go=rX $(DATA)

uninstall:
	rm -f $(join $(COMPLETIONS),/news2pdf /_news2pdf /news2pdf.fish)
	rm -f $(ROOT)/bin/news2pdf $(ROOT)/include/news2pdf.h $(ROOT)/lib/libnews2pdf.a $(ROOT)/lib/libnews2pdf.so*
	rm -f $(ROOT)/lib/pkgconfig/news2pdf.pc $(ROOT)/share/man/man1/news2pdf.1
	rm -rf $(DATA)

clean:
	rm -rf $(BUILD) $(BUILD)-sanitize $(BUILD)-fuzz

help:
	@sed -n 's/^# *make/  make/p' Makefile
	@echo "  make check        dependencies of folders, formatting, warnings"
	@echo "  make sanitize     the tests and CORPUS=$(CORPUS) under ASan and UBSan"
	@echo "  make faults       the nth allocation, read, write ... fails, for every n (minutes; FAULTS_STEP=$(FAULTS_STEP))"
	@echo "  make fuzz         libFuzzer on the readers and the whole, FUZZ_SECONDS=$(FUZZ_SECONDS) in all (needs clang)"
	@echo "  make corpus       what is read out of CORPUS=$(CORPUS), held against its expected.tsv"
	@echo "  make samples      every sample as build/samples/*.pdf"
	@echo "  make gallery      the styles on one web page, build/gallery/index.html"
	@echo "  make verapdf      what veraPDF says of every sample in every target (fetched with Maven)"
	@echo "  make conformance  the CSS reftests of SUITE=$(SUITE)"
	@echo "  make bench        time and memory, beside other programs where they are installed"
	@echo "  make format       lays the sources out as make check wants them"
	@echo "  make install PREFIX=$(PREFIX) DESTDIR=   and make uninstall, make clean, make setup"

.PHONY: all faults fuzz fuzz-programs setup demo test test-programs check format sanitize conformance corpus verapdf samples gallery bench install uninstall clean help
.DELETE_ON_ERROR:
