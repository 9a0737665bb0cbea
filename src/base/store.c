/* store.c: see store.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/store.h"

enum { FILE_MODE = 0640, FOLDER_MODE = 0750, TEMPORARY = 64 };

bool
store_is_hex(const char *hex)
{
	return hex != NULL && strlen(hex) == STORE_HEX &&
	       strspn(hex, "0123456789abcdef") == STORE_HEX;
}

static bool
suffix_is_plain(const char *suffix)
{
	return strspn(suffix, ".abcdefghijklmnopqrstuvwxyz0123456789") == strlen(suffix) &&
	       strstr(suffix, "..") == NULL && (suffix[0] == '\0' || suffix[0] == '.');
}

char *
store_path(struct arena *a, const char *hex, const char *suffix)
{
	if (suffix == NULL)
		suffix = "";
	if (!store_is_hex(hex) || !suffix_is_plain(suffix))
		return NULL;
	return arena_print(a, "%.2s/%.2s/%s%s", hex, hex + 2, hex, suffix);
}

void
store_name(const void *bytes, size_t len, char hex[STORE_HEX + 1])
{
	unsigned char digest[SHA256_BYTES];

	sha256(bytes, len, digest);
	for (size_t i = 0; i < SHA256_BYTES; i++)
		snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

/*
 * The folder below `in`, made when it is not there.  Its entry is on the disk afterwards, even when
 * another worker made it this very moment.
 */
static int
folder_open(int in, const char *name)
{
	if (mkdirat(in, name, FOLDER_MODE) != 0 && errno != EEXIST)
		return -1;
	if (fsync(in) != 0)
		return -1;
	return openat(in, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static int
folder_of(const char *root, const char *hex)
{
	const char first[3] = { hex[0], hex[1], '\0' };
	const char second[3] = { hex[2], hex[3], '\0' };
	int top, middle, folder, why;

	top = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (top < 0)
		return -1;
	middle = folder_open(top, first);
	folder = middle < 0 ? -1 : folder_open(middle, second);
	why = errno;
	close(top);
	if (middle >= 0)
		close(middle);
	errno = why;
	return folder;
}

/* A file of another length is what a broken disk left: it is written anew. */
static bool
is_kept(int folder, const char *hex, size_t len)
{
	struct stat st;

	return fstatat(folder, hex, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode) &&
	       (size_t)st.st_size == len;
}

static int
write_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		bytes += n;
		len -= (size_t)n;
	}
	return 0;
}

static int
write_synced(int fd, const void *bytes, size_t len)
{
	/* The mode again: the umask may have taken the group's right to read, nginx's. */
	if (fchmod(fd, FILE_MODE) != 0 || write_all(fd, bytes, len) != 0)
		return -1;
	return fsync(fd);
}

static int
file_write(int folder, const char *hex, const void *bytes, size_t len)
{
	char temporary[TEMPORARY];
	unsigned long long salt;
	int fd, bad, why;

	random_bytes(&salt, sizeof(salt));
	snprintf(temporary, sizeof(temporary), ".new.%016llx", salt);
	fd = openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
	if (fd < 0)
		return -1;
	bad = write_synced(fd, bytes, len);
	why = errno;
	if (close(fd) != 0 && !bad) {
		bad = -1;
		why = errno;
	}
	if (!bad && renameat(folder, temporary, folder, hex) != 0) {
		bad = -1;
		why = errno;
	}
	if (bad) {
		unlinkat(folder, temporary, 0);
		errno = why;
		return -1;
	}
	return fsync(folder);
}

static enum status
refused(const char *root, const char *hex, size_t len)
{
	int why = errno;

	if (why == ENOSPC || why == EDQUOT)
		log_error("store: no room left in %s for a file of %zu bytes: free some space or "
			  "raise the quota",
		    root, len);
	else
		log_error("store: cannot keep %s in %s: %s", hex, root, strerror(why));
	return FAILED;
}

enum status
store_put(const char *root, const void *bytes, size_t len, char sha256_hex[STORE_HEX + 1])
{
	enum status e = OK;
	int folder, bad;

	store_name(bytes, len, sha256_hex);
	folder = folder_of(root, sha256_hex);
	if (folder < 0)
		return refused(root, sha256_hex, len);
	if (!is_kept(folder, sha256_hex, len))
		bad = file_write(folder, sha256_hex, bytes, len);
	else
		bad = fsync(folder); /* whoever wrote it may not have come to that yet */
	if (bad)
		e = refused(root, sha256_hex, len);
	close(folder);
	return e;
}

static ssize_t
read_all(int fd, char *bytes, size_t len)
{
	size_t have = 0;

	while (have < len) {
		ssize_t n = read(fd, bytes + have, len - have);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		have += (size_t)n;
	}
	return (ssize_t)have;
}

static enum status
file_read(struct arena *a, int fd, const char *hex, const char **bytes, size_t *len)
{
	char digest[STORE_HEX + 1];
	struct stat st;
	ssize_t have;
	char *data;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		log_error("store: %s is not a file", hex);
		return FAILED;
	}
	data = arena_alloc(a, (size_t)st.st_size + 1, 1);
	have = read_all(fd, data, (size_t)st.st_size);
	if (have < 0) {
		log_error("store: cannot read %s: %s", hex, strerror(errno));
		return FAILED;
	}
	store_name(data, (size_t)have, digest);
	if (strcmp(digest, hex) != 0) {
		log_error("store: %s is damaged: restore it from a backup", hex);
		return FAILED;
	}
	*bytes = data;
	*len = (size_t)have;
	return OK;
}

enum status
store_read(struct arena *a, const char *root, const char *hex, const char **bytes, size_t *len)
{
	const char *path = store_path(a, hex, NULL);
	enum status e;
	int fd;

	if (path == NULL)
		return NOT_FOUND;
	fd = open(arena_print(a, "%s/%s", root, path), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return NOT_FOUND;
	if (fd < 0) {
		log_error("store: cannot open %s: %s", path, strerror(errno));
		return FAILED;
	}
	e = file_read(a, fd, hex, bytes, len);
	close(fd);
	return e;
}

enum status
store_remove(struct arena *a, const char *root, const char *hex, const char *suffix)
{
	const char *path = store_path(a, hex, suffix);

	if (path == NULL || unlink(arena_print(a, "%s/%s", root, path)) == 0 || errno == ENOENT)
		return OK;
	log_error("store: cannot remove %s: %s", path, strerror(errno));
	return FAILED;
}
