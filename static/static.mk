# static.mk: the files that nginx sends as they are.  Alone: make -f static/static.mk static BUILD=build
#
# build/static/assets/<rev>/…  never change, so browsers keep them; rev is a hash over the contents
#	those of the last week stay beside it, for pages that are open in a browser
# build/static/sw.js, manifest.<language>.webmanifest, favicon.ico, rev  at the root, asked for anew each time
# build/static/errors/  what nginx says when it has no worker's answer
# Every text has its .gz beside it for gzip_static.  npm fetches the reader of codes for browsers that have none (package.json);
# without npm or a network everything else is built, and such browsers ask for the code to be typed.

STATIC_JS = $(patsubst static/%,%,$(sort $(wildcard static/js/*.js)))
STATIC_ASSETS = css/app.css $(STATIC_JS) icons.svg icons/mark.svg icons/icon-192.png icons/icon-512.png \
                icons/icon-maskable-512.png fonts/geist-latin.woff2
# What a page loads when the camera is first opened; the service worker keeps it from then on.
STATIC_SCAN = $(patsubst static/%,%,$(sort $(wildcard static/scan/*.js)))
ZXING = es/share.js es/reader/index.js reader/zxing_reader.wasm
# The sheets of single parts of the product; they are sent behind app.css, as one with it.
STATIC_CSS = $(patsubst static/%,%,$(filter-out static/css/app.css,$(sort $(wildcard static/css/*.css))))
# What the service worker keeps from the first visit on.
STATIC_SHELL = css/app.css $(STATIC_JS) icons.svg icons/mark.svg fonts/geist-latin.woff2
# One a language; the one without a name is for pages that are open since before there were several.
STATIC_MANIFESTS = $(sort $(wildcard static/manifest.*.webmanifest))
STATIC_ROOT = static/sw.js $(STATIC_MANIFESTS) static/favicon.ico $(wildcard static/errors/*.html)

static: $(BUILD)/static/rev

# The digests stand in the lock; no script of a package is run.  A failure is told, and tried again by the next make.
$(BUILD)/npm/done: static/package.json static/package-lock.json
	@rm -rf $(@D) && mkdir -p $(@D) && cp static/package.json static/package-lock.json $(@D)
	@cd $(@D) && npm ci --omit=dev --ignore-scripts --no-audit --no-fund --prefer-offline --fetch-retries=1 \
	    --fetch-timeout=30000 >log 2>&1 && touch done || \
	    echo 'static: npm could not fetch zxing-wasm ($(BUILD)/npm/log): browsers without a reader of their own cannot scan'

$(BUILD)/static/rev: static/static.mk $(BUILD)/npm/done $(addprefix static/,$(STATIC_ASSETS) $(STATIC_CSS) $(STATIC_SCAN)) $(STATIC_ROOT)
	@rm -rf $(BUILD)/static.new
	@zxing=$(BUILD)/npm/node_modules/zxing-wasm; test -e $(BUILD)/npm/done || zxing=; \
	rev=$$({ (cd static && cat $(STATIC_ASSETS) $(STATIC_CSS) $(STATIC_SCAN) sw.js $(notdir $(STATIC_MANIFESTS))); \
	    cat $${zxing:+$$zxing/package.json}; } </dev/null | sha256sum | cut -c1-10); \
	new=$(BUILD)/static.new; a=$$new/assets/$$rev; set -e; \
	mkdir -p $$a/zxing; \
	tar -C static -cf - $(STATIC_ASSETS) $(STATIC_SCAN) | tar -C $$a -xf -; \
	test -z "$$zxing" || { tar -C $$zxing/dist -cf - $(ZXING) | tar -C $$a/zxing -xf -; cp $$zxing/LICENSE $$a/zxing/; }; \
	(cd static && cat css/app.css $(STATIC_CSS)) >$$a/css/app.css; \
	shell=$$(for f in $(STATIC_SHELL); do printf '"/assets/%s/%s", ' $$rev $$f; done); \
	later=$$(cd $$a && for f in $$(find scan zxing -type f ! -name LICENSE | sort); do \
	    printf '"/assets/%s/%s", ' $$rev $$f; done); \
	sed -e "s|@REV@|$$rev|g" -e "s|/\*@SHELL@\*/|$$shell|" -e "s|/\*@SCAN@\*/|$$later|" static/sw.js > $$new/sw.js; \
	for f in $(STATIC_MANIFESTS); do sed -e "s|@REV@|$$rev|g" $$f > $$new/$${f##*/}; done; \
	cp $$new/manifest.en.webmanifest $$new/manifest.webmanifest; \
	cp static/favicon.ico $$new/; \
	mkdir $$new/errors; \
	for f in static/errors/*.html; do sed -e "s|@REV@|$$rev|g" $$f > $$new/errors/$${f##*/}; done; \
	find $$new -type f ! -name '*.png' ! -name '*.ico' ! -name '*.woff2' -exec gzip -9 -n -k {} +; \
	printf '%s\n' $$rev > $$new/rev; \
	for old in $$(find $(BUILD)/static/assets -mindepth 1 -maxdepth 1 -mtime -7 2>/dev/null); do \
	    test -e $$new/assets/$${old##*/} || cp -Rp $$old $$new/assets/; done; \
	rm -rf $(BUILD)/static && mv $$new $(BUILD)/static
	@echo "static: $$(cat $@)"

# The budget of a first visit (bytes, compressed): style 15 KB, script 25 KB.
static-budget: static
	@a=$(BUILD)/static/assets/$$(cat $(BUILD)/static/rev); \
	css=$$(cat $$a/css/*.gz | wc -c); js=$$(cat $$a/js/*.gz | wc -c); \
	echo "style $$css of 15360, script $$js of 25600"; [ $$css -le 15360 ] && [ $$js -le 25600 ]

# Joins the icons of static/icons/list.txt anew into static/icons.svg.
icons:
	cd static && npm ci --ignore-scripts && node icons/join.mjs node_modules/lucide-static/icons > icons.svg.new
	mv static/icons.svg.new static/icons.svg

.PHONY: static static-budget icons
