/* job_picture_test.c: renditions of good photos, of broken ones, and of those that mean harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/store.h"
#include "job/picture.h"
#include "tool.h"

enum { WIDE = 2000, HIGH = 1000, ROOM = 8 * 1024 * 1024 };

struct fixture {
	struct arena *arena;
	char root[TOOL_PATH];
	char hex[STORE_HEX + 1];
};

static const struct picture_limits tight = { PICTURE_PROGRAM, 10, 1, 1500L << 20, 32L << 20 };

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	f->arena = arena_new();
	scratch_begin(f->root);
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	scratch_end(f->root);
	arena_free(f->arena);
	free(f);
	return 0;
}

static bool
tools_there(void)
{
	return tool_there("vipsthumbnail") && tool_there("vips") && tool_there("vipsheader");
}

static const char *
in_root(struct fixture *f, const char *name)
{
	return arena_print(f->arena, "%s/%s", f->root, name);
}

static const char *
stored(struct fixture *f, const char *suffix)
{
	return in_root(f, store_path(f->arena, f->hex, suffix));
}

/* A photo: left half red, right half blue, with some noise, as name.ppm. */
static void
paint(struct fixture *f)
{
	FILE *out = fopen(in_root(f, "photo.ppm"), "wb");
	unsigned noise = 1;

	fprintf(out, "P6\n%d %d\n255\n", WIDE, HIGH);
	for (int i = 0; i < WIDE * HIGH; i++) {
		bool left = i % WIDE < WIDE / 2;

		noise = noise * 1103515245 + 12345;
		fputc(left ? 220 : 20, out);
		fputc((int)(noise >> 16 & 15), out);
		fputc(left ? 20 : 220, out);
	}
	fclose(out);
}

/* The photo as vips writes it: ".jpg[strip]", ".heic" …; its length, or -1. */
static long
photo(struct fixture *f, const char *format, char *bytes)
{
	const char *name = arena_print(f->arena, "photo%.*s", (int)strcspn(format, "["), format);

	paint(f);
	if (TOOL(NULL, "vips", "copy", in_root(f, "photo.ppm"),
		arena_print(f->arena, "%s/photo%s", f->root, format)) != 0)
		return -1;
	return file_get(in_root(f, name), bytes, ROOM);
}

static void
keep(struct fixture *f, const char *bytes, long len)
{
	assert_true(len > 0);
	assert_int_equal(store_put(f->root, bytes, (size_t)len, f->hex), OK);
}

static void
size_is(struct fixture *f, const char *suffix, int width, int height)
{
	char text[4096];

	assert_int_equal(TOOL(in_root(f, "out"), "vipsheader", "-a", stored(f, suffix)), 0);
	file_get(in_root(f, "out"), text, sizeof(text));
	assert_non_null(strstr(text, arena_print(f->arena, "width: %d\n", width)));
	assert_non_null(strstr(text, arena_print(f->arena, "height: %d\n", height)));
	assert_non_null(strstr(text, "jpegload"));
	assert_null(strstr(text, "exif-ifd3"));
	assert_null(strstr(text, "icc-profile"));
}

/* Red at that place, else blue. */
static bool
is_red(struct fixture *f, const char *suffix, const char *x, const char *y)
{
	double red = -1, green, blue = -1;
	char text[256];

	assert_int_equal(TOOL(in_root(f, "out"), "vips", "getpoint", stored(f, suffix), x, y), 0);
	file_get(in_root(f, "out"), text, sizeof(text));
	assert_int_equal(sscanf(text, "%lf %lf %lf", &red, &green, &blue), 3);
	assert_true(red > 150 || blue > 150);
	return red > blue;
}

static void
nothing_left(struct fixture *f)
{
	assert_int_not_equal(access(stored(f, PICTURE_LARGE), F_OK), 0);
	assert_int_not_equal(access(stored(f, PICTURE_SMALL), F_OK), 0);
	assert_int_equal(TOOL(in_root(f, "out"), "find", f->root, "-name", "*new.*"), 0);
	assert_int_equal(file_get(in_root(f, "out"), (char[64]){ 0 }, 64), 0);
}

static void
test_formats(void **state)
{
	static const char *const formats[] = { ".jpg", ".png", ".webp", ".heic" };
	struct fixture *f = *state;
	char *bytes = arena_alloc(f->arena, ROOM, 1);
	struct stat st;
	long len;

	if (!tools_there())
		skip();
	for (size_t i = 0; i < COUNT(formats); i++) {
		len = photo(f, formats[i], bytes);
		if (len < 0) {
			printf("skipped: vips cannot write %s\n", formats[i]);
			continue;
		}
		keep(f, bytes, len);
		assert_int_equal(picture_make(f->root, f->hex), OK);
		size_is(f, PICTURE_LARGE, 1600, 800);
		size_is(f, PICTURE_SMALL, 320, 160);
		assert_true(is_red(f, PICTURE_SMALL, "20", "80"));
		assert_false(is_red(f, PICTURE_SMALL, "300", "80"));
		assert_int_equal(stat(stored(f, PICTURE_SMALL), &st), 0);
		assert_int_equal(st.st_mode & 07777, 0640);
		assert_int_equal(picture_make(f->root, f->hex), OK);
	}
}

/* EXIF of a phone held upright: orientation 6, and a GPS block that must not get out. */
static const unsigned char exif[] = { 0xFF, 0xE1, 0, 88, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42,
	0, 0, 0, 8, 0, 2, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0,
	0, 0, 38, 0, 0, 0, 0, 0, 1, 0, 2, 0, 5, 0, 0, 0, 3, 0, 0, 0, 56, 0, 0, 0, 0, 0, 0, 0, 48, 0,
	0, 0, 1, 0, 0, 0, 51, 0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0, 1 };

static void
test_upright(void **state)
{
	struct fixture *f = *state;
	char *bytes = arena_alloc(f->arena, ROOM, 1), *turned;
	long len;

	if (!tools_there())
		skip();
	assert_int_equal(sizeof(exif), 90);
	len = photo(f, ".jpg[strip]", bytes);
	assert_true(len > 2);
	turned = arena_alloc(f->arena, (size_t)len + sizeof(exif), 1);
	memcpy(turned, bytes, 2);
	memcpy(turned + 2, exif, sizeof(exif));
	memcpy(turned + 2 + sizeof(exif), bytes + 2, (size_t)len - 2);
	keep(f, turned, len + (long)sizeof(exif));
	assert_int_equal(picture_make(f->root, f->hex), OK);
	size_is(f, PICTURE_LARGE, 800, 1600);
	size_is(f, PICTURE_SMALL, 160, 320);
	assert_true(is_red(f, PICTURE_SMALL, "80", "20"));
	assert_false(is_red(f, PICTURE_SMALL, "80", "300"));
	assert_true(file_get(stored(f, PICTURE_LARGE), bytes, ROOM) > 0);
	assert_null(memmem(bytes, 4096, "Exif", 4));
}

/* A small photo is not blown up. */
static void
test_small(void **state)
{
	static const char ppm[] = "P6\n2 1\n255\nabcdef";
	struct fixture *f = *state;
	char bytes[4096];

	if (!tools_there())
		skip();
	assert_true(file_put(in_root(f, "s.ppm"), ppm, sizeof(ppm) - 1));
	assert_int_equal(TOOL(NULL, "vips", "copy", in_root(f, "s.ppm"), in_root(f, "s.png")), 0);
	keep(f, bytes, file_get(in_root(f, "s.png"), bytes, sizeof(bytes)));
	assert_int_equal(picture_make(f->root, f->hex), OK);
	size_is(f, PICTURE_LARGE, 2, 1);
	size_is(f, PICTURE_SMALL, 2, 1);
}

static void
test_broken(void **state)
{
	static const char *const formats[] = { ".jpg", ".png", ".webp", ".heic" };
	struct fixture *f = *state;
	char *bytes = arena_alloc(f->arena, ROOM, 1);
	long len;

	if (!tools_there())
		skip();
	for (size_t i = 0; i < COUNT(formats); i++) {
		len = photo(f, formats[i], bytes);
		if (len < 0)
			continue;
		keep(f, bytes, len / 2);
		assert_int_equal(picture_make(f->root, f->hex), INVALID);
		nothing_left(f);
		memset(bytes + 16, 'x', (size_t)len - 16);
		keep(f, bytes, len);
		assert_int_equal(picture_make(f->root, f->hex), INVALID);
		nothing_left(f);
	}
}

/* What libvips could read, but nobody's camera writes: it is not even tried. */
static void
test_not_photos(void **state)
{
	static const char *const texts[] = { "", "x", "hello, world",
		"<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/passwd'/></svg>",
		"%PDF-1.4\n", "GIF89a\1\0\1\0", "P6\n1 1\n255\nabc", "push graphic-context",
		"II*\0aaaaaaaaaaa" };
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(texts); i++) {
		assert_int_equal(store_put(f->root, texts[i], strlen(texts[i]), f->hex), OK);
		assert_int_equal(picture_make(f->root, f->hex), INVALID);
		nothing_left(f);
	}
	memset(f->hex, 'a', STORE_HEX);
	assert_int_equal(picture_make(f->root, f->hex), NOT_FOUND);
	assert_int_equal(picture_make(f->root, "../../etc/passwd"), NOT_FOUND);
}

/* 400 million pixels in 400 kB: stopped by the limit, not by the machine's end. */
static void
test_bomb(void **state)
{
	struct fixture *f = *state;
	char *bytes = arena_alloc(f->arena, ROOM, 1);
	const char *name = in_root(f, "bomb.png");
	struct picture_limits few = tight;
	time_t began;

	if (!tools_there())
		skip();
	assert_int_equal(TOOL(NULL, "vips", "black", arena_print(f->arena, "%s[interlace]", name),
			     "20000", "20000"),
	    0);
	keep(f, bytes, file_get(name, bytes, ROOM));
	few.memory = 300L << 20;
	began = time(NULL);
	assert_int_equal(picture_make_within(&few, f->root, f->hex), INVALID);
	assert_int_equal(picture_make_within(&tight, f->root, f->hex), INVALID);
	assert_in_range(time(NULL) - began, 0, 12);
	nothing_left(f);
}

static void
test_program(void **state)
{
	static const char slow[] = "#!/bin/sh\nsleep 60\n", loud[] = "#!/bin/sh\nenv >&2\nid >&2\n"
								     "yes >&2\nexit 3\n";
	struct fixture *f = *state;
	struct picture_limits l = tight;
	time_t began = time(NULL);

	keep(f, "\xff\xd8\xff", 3);
	l.program = "/nowhere/vipsthumbnail";
	assert_int_equal(picture_make_within(&l, f->root, f->hex), FAILED);
	l.program = in_root(f, "slow");
	l.seconds = 1;
	assert_true(file_put(l.program, slow, sizeof(slow) - 1));
	chmod(l.program, 0700);
	assert_int_equal(picture_make_within(&l, f->root, f->hex), INVALID);
	l.program = in_root(f, "loud");
	assert_true(file_put(l.program, loud, sizeof(loud) - 1));
	chmod(l.program, 0700);
	assert_int_equal(picture_make_within(&l, f->root, f->hex), INVALID);
	assert_in_range(time(NULL) - began, 0, 10);
	nothing_left(f);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_formats),
		TEST(test_upright),
		TEST(test_small),
		TEST(test_broken),
		TEST(test_not_photos),
		TEST(test_bomb),
		TEST(test_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
