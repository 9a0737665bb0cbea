# make          build the programs into build/
# make run      set up everything that is missing and start a demo plant on 127.0.0.1:8080 (PORT=)
# make test     every test, in folders and on ports of their own
# make lint     layers, banned words, lengths, globals;  make format: clang-format
# make install  programs, templates, static files, SQL, nginx site, systemd units (DESTDIR=, PREFIX=)
# make bench    the pages' speed as ratios;  make clean

CC = cc
BUILD = build
CFLAGS = -O2 -g
WERROR = -Werror
PKGS = libmariadb fcgi jansson libjwt libcurl libcrypto libqrencode icu-i18n icu-uc
CPPFLAGS = -MMD -MP -Isrc -D_GNU_SOURCE $(shell pkg-config --cflags libmariadb libjwt 2>/dev/null)
WARN = -std=c11 -Wall -Wextra $(WERROR) -Wshadow -Wconversion -Wvla -Wstrict-prototypes \
       -Wmissing-prototypes -Wwrite-strings -Wpointer-arith -Wswitch-enum -Wno-missing-field-initializers

# A layer is a folder of src/ and an archive; it may use those to its right (tests/lint holds that).
LAYERS = app job page api model view http db rule base
LIBS = $(patsubst %,$(BUILD)/lib%.a,$(LAYERS))
LDLIBS_base = -lcrypto
LDLIBS = -lmariadb -lfcgi -ljansson -ljwt -lcurl -lcrypto -lqrencode -lhpdf -lscrypt -lmagic \
         -lgettextpo -licui18n -licuuc -lm

PROGRAMS = $(patsubst cgi/%.c,$(BUILD)/%,$(wildcard cgi/*.c))
UNIT = $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*_test.c))

all: $(PROGRAMS)

define layer
$(BUILD)/lib$(1).a: $(patsubst %.c,$(BUILD)/%.o,$(shell find src/$(1) -name '*.c' 2>/dev/null))
	@mkdir -p $$(@D)
	@rm -f $$@
	ar rcs $$@ $$^
endef
$(foreach l,$(LAYERS),$(eval $(call layer,$(l))))

$(BUILD)/%: $(BUILD)/cgi/%.o $(LIBS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< -Wl,--start-group $(LIBS) -Wl,--end-group $(LDLIBS)

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

format:
	clang-format -i $$(git ls-files --cached --others --exclude-standard '*.c' '*.h')

clean:
	rm -rf build build-*

.PHONY: all unit format clean
.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
