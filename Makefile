# make          build the programs into build/
# make run      set up everything that is missing and start a demo plant on 127.0.0.1:8080 (PORT=)
# make test     every test, in folders and on ports of their own
# make lint     layers, banned words, lengths, globals;  make format: clang-format
# make install  programs, templates, static files, SQL, nginx site, systemd units (DESTDIR=, PREFIX=)
# make analyze  gcc -fanalyzer over everything (minutes)
# make bare     run and test in a fresh minimal Debian 12 (root; minutes)
# make bench    the pages' speed as ratios;  make clean

CC = cc
BUILD = build
PORT = 8080
VAR = var
PREFIX = /usr/local
CFLAGS = -O2 -g
WERROR = -Werror
PKGS = libmariadb fcgi jansson libjwt libcurl libcrypto libqrencode icu-i18n icu-uc
CPPFLAGS = -MMD -MP -Isrc -D_GNU_SOURCE $(shell pkg-config --cflags libmariadb libjwt 2>/dev/null)
WARN = -std=c11 -Wall -Wextra $(WERROR) -Wshadow -Wconversion -Wvla -Wstrict-prototypes \
       -Wmissing-prototypes -Wwrite-strings -Wpointer-arith -Wswitch-enum -Wno-missing-field-initializers

# A layer is a folder of src/ and an archive; it may use those to its right (tests/lint holds that).
LAYERS = app job page api register model view http db rule base
LIBS = $(patsubst %,$(BUILD)/lib%.a,$(LAYERS))
LDLIBS_base = -lcrypto
LDLIBS = -lmariadb -lfcgi -ljansson -ljwt -lcurl -lcrypto -lqrencode -lhpdf -lxlsxwriter -lscrypt -lmagic \
         -lgettextpo -lseccomp -licui18n -licuuc -lm

PROGRAMS = $(BUILD)/millwright.fcgi $(BUILD)/millwright-jobs $(BUILD)/millwright
UNIT = $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*_test.c))

all: $(PROGRAMS)

define layer
$(BUILD)/lib$(1).a: $(patsubst %.c,$(BUILD)/%.o,$(shell find src/$(1) -name '*.c' 2>/dev/null))
	@mkdir -p $$(@D)
	@rm -f $$@
	ar rcs $$@ $$^
endef
$(foreach l,$(LAYERS),$(eval $(call layer,$(l))))

$(BUILD)/millwright.fcgi: $(BUILD)/cgi/app.o
$(BUILD)/millwright-jobs: $(BUILD)/cgi/jobs.o
$(BUILD)/millwright: $(BUILD)/cgi/millwright.o
$(PROGRAMS): $(LIBS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group $(LIBS) -Wl,--end-group $(LDLIBS)

# tests/unit/<layer>_<thing>_test.c is linked with that layer and those below it.
below = $(patsubst %,$(BUILD)/lib%.a,$(shell echo $(LAYERS) | sed 's/.*\b$(firstword $(subst _, ,$(1)))\b/$(firstword $(subst _, ,$(1)))/'))
.SECONDEXPANSION:
$(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $$(call below,$$*)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< -Wl,--start-group $(call below,$*) -Wl,--end-group $(LDLIBS) -lcmocka

unit: $(UNIT)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(WARN) $(CFLAGS) $(CPPFLAGS) -c -o $@ $<

deps:
	@BUILD=$(BUILD) ./.deps run

deps-test:
	@BUILD=$(BUILD) ./.deps test

# A second make, for it finds the libraries that the first has installed.
run: deps
	@echo 'Building …'
	@$(MAKE) --no-print-directory -s -j$$(nproc) all static
	@exec $(BUILD)/millwright run --port $(PORT) --var $(VAR)

test: deps-test
	@BUILD=$(BUILD) tests/run </dev/null

lint:
	@$(MAKE) --no-print-directory -s -j$$(nproc) all
	@BUILD=$(BUILD) tests/lint

# Minutes; not part of make test.
analyze:
	@for f in $$(git ls-files 'src/*.c' 'cgi/*.c'); do \
	    gcc -std=c11 -O1 -fanalyzer -Werror $(CPPFLAGS) -MF /dev/null -c -o /dev/null $$f || exit 1; done

bare:
	tests/bare

bench: deps-test
	@$(MAKE) --no-print-directory -s all static $(BUILD)/bench/bare
	@BUILD=$(BUILD) tests/bench/run

$(BUILD)/bench/bare: $(BUILD)/tests/bench/bare.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< -lfcgi -lmariadb

-include static/static.mk

# FHS places.  A package's build sets DESTDIR; sites in /etc are left alone when they are there.
SHARE = $(PREFIX)/share/millwright
INTO = $(DESTDIR)$(PREFIX)
NGINX = $(filter-out nginx/demo.conf nginx/millwright.conf,$(wildcard nginx/*.conf))
at = sed 's|@PREFIX@|$(PREFIX)|g; s|@SHARE@|$(SHARE)|g'

install: all static
	install -d $(INTO)/bin $(INTO)/lib/millwright $(INTO)/lib/systemd/system \
	    $(INTO)/lib/sysusers.d $(INTO)/lib/tmpfiles.d $(INTO)/share/doc/millwright \
	    $(DESTDIR)$(SHARE) $(DESTDIR)/etc/millwright $(DESTDIR)/etc/nginx/millwright \
	    $(DESTDIR)/etc/nginx/sites-available
	install -m 755 $(BUILD)/millwright $(INTO)/bin/millwright
	install -m 755 $(BUILD)/millwright.fcgi $(BUILD)/millwright-jobs $(INTO)/lib/millwright/
	find $(DESTDIR)$(SHARE)/static/assets -mindepth 1 -maxdepth 1 -mtime +7 -exec rm -rf {} + 2>/dev/null || true
	cp -R templates sql nginx $(DESTDIR)$(SHARE)/
	install -d $(DESTDIR)$(SHARE)/static
	cp -Rp $(BUILD)/static/. $(DESTDIR)$(SHARE)/static/
	rm -rf $(DESTDIR)$(SHARE)/nginx/systemd $(DESTDIR)$(SHARE)/nginx/millwright.conf
	install -m 644 $(NGINX) $(DESTDIR)/etc/nginx/millwright/
	for u in nginx/systemd/*.service nginx/systemd/*.socket nginx/systemd/*.target; do \
	    $(at) $$u >$(INTO)/lib/systemd/system/$$(basename $$u) || exit 1; done
	install -m 644 nginx/systemd/sysusers.conf $(INTO)/lib/sysusers.d/millwright.conf
	install -m 644 nginx/systemd/tmpfiles.conf $(INTO)/lib/tmpfiles.d/millwright.conf
	install -m 644 README.md $(INTO)/share/doc/millwright/
	$(at) nginx/systemd/millwright.conf.example >$(INTO)/share/doc/millwright/millwright.conf.example
	test -e $(DESTDIR)/etc/nginx/sites-available/millwright || \
	    $(at) nginx/millwright.conf >$(DESTDIR)/etc/nginx/sites-available/millwright

format:
	clang-format -i $$(git ls-files --cached --others --exclude-standard '*.c' '*.h')

clean:
	rm -rf build build-*

.PHONY: all unit deps deps-test run test lint analyze bare bench install format clean
.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
