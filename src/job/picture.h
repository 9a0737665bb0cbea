/*
 * picture.h: the renditions of an uploaded photo: <path>.whole.jpg (4096 px at most: what stands
 * for the photo from then on), <path>.large.jpg (1600 px) and <path>.small.jpg (320 px); of a PDF,
 * its first page as the latter two; of a film or a sound from a phone, <path>.clean: the same
 * without what it tells beside the film, as its place.
 *
 * Turned upright, in sRGB, without any metadata (place, camera, time).  Photos come from anybody,
 * and decoders have holes: vipsthumbnail, pdftoppm and exiftool do it in a process of their own,
 * with limits of time and memory, without a shell, without environment, and without a network where
 * the kernel permits that.
 */
#ifndef JOB_PICTURE_H
#define JOB_PICTURE_H

#include "base/status.h"

#define PICTURE_PROGRAM "/usr/bin/vipsthumbnail"
#define PICTURE_PAGES "/usr/bin/pdftoppm"
#define PICTURE_CLEANER "/usr/bin/exiftool"
#define PICTURE_WHOLE ".whole.jpg"
#define PICTURE_SMALL ".small.jpg"
#define PICTURE_LARGE ".large.jpg"
#define PICTURE_CLEAN ".clean"

struct picture_limits {
	const char *program;
	int seconds; /* by the clock */
	int cpu_seconds;
	long memory; /* bytes of address space */
	long file;   /* bytes of a file that it writes */
};

/*
 * Both renditions of the stored file `hex` below root (base/store.h); made already: OK at once.
 * NOT_FOUND when there is no such file; INVALID, and logged, when it is no JPEG, PNG, WebP, HEIC,
 * AVIF, PDF, MP4 or MOV, is broken, or asks for more than the limits; FAILED, and logged, when the
 * program or room is missing. Nothing half done is left.  Takes a minute at most.
 */
enum status picture_make(const char *root, const char *hex) MUST_CHECK;
enum status picture_make_within(
    const struct picture_limits *, const char *root, const char *hex) MUST_CHECK;

#endif
