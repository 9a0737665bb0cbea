/* run_place.c: where a plant lies: the program's own folders, var and its locks, the port. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/run_plant.h"
#include "base/arena.h"

enum {
	ROOM_NEEDED = 300,  /* MB: an empty database, its logs, and some photos */
	WAIT_FOR_OLD = 600, /* tenths of a second */
	LOG_KEPT = 16 * 1024 * 1024,
};

static const char *
first_existing(struct plant *plant, const char *const *below, const char *from)
{
	for (; *below != NULL; below++) {
		const char *path = arena_print(plant->arena, "%s/%s", from, *below);

		if (file_exists(path))
			return path;
	}
	return NULL;
}

/* The programs lie beside this one in build/, or in lib/millwright of the same prefix. */
bool
place_find(struct plant *plant)
{
	static const char *const app[] = { "millwright.fcgi", "../lib/millwright/millwright.fcgi",
		NULL };
	static const char *const jobs[] = { "millwright-jobs", "../lib/millwright/millwright-jobs",
		NULL };
	static const char *const home[] = { "../share/millwright/sql", "../sql", NULL };
	static const char *const pages[] = { "../share/millwright/static", "static",
		"../build/static", NULL };
	char self[PATH_MAX], real[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);

	if (n <= 0) {
		say_wrong("cannot find its own place by /proc/self/exe: is /proc mounted?");
		return false;
	}
	self[n] = '\0';
	*strrchr(self, '/') = '\0';
	plant->app = first_existing(plant, app, self);
	plant->jobs = first_existing(plant, jobs, self);
	plant->home = first_existing(plant, home, self);
	plant->pages = first_existing(plant, pages, self);
	if (plant->app == NULL || plant->home == NULL || plant->pages == NULL) {
		say_wrong("%s is not complete beside %s: run `make` and `make static` first",
		    plant->app == NULL    ? "the worker"
		    : plant->home == NULL ? "sql/"
					  : "static/",
		    self);
		return false;
	}
	plant->home = arena_print(plant->arena, "%s/..", plant->home);
	if (realpath(plant->home, real) != NULL)
		plant->home = arena_text(plant->arena, real, strlen(real));
	if (realpath(plant->pages, real) != NULL)
		plant->pages = arena_text(plant->arena, real, strlen(real));
	return true;
}

static bool
make_folders(struct plant *plant)
{
	static const char *const names[] = { "", "conf", "files", "log", "run", "secrets",
		"run/tmp", "run/nginx" };

	for (size_t i = 0; i < COUNT(names); i++) {
		const char *path = plant_path(plant, names[i]);

		if (mkdir(path, 0700) != 0 && errno != EEXIST) {
			say_wrong("cannot make the folder %s: %s", path, strerror(errno));
			return false;
		}
	}
	return true;
}

static bool
take_lock(struct plant *plant)
{
	const char *path = plant_path(plant, "lock");
	const char *holder;

	plant->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (plant->lock < 0) {
		say_wrong("cannot open %s: %s", path, strerror(errno));
		return false;
	}
	if (flock(plant->lock, LOCK_EX | LOCK_NB) != 0) {
		holder = file_read(plant->arena, path);
		say_wrong("already running (pid %.*s) in %s",
		    (int)strcspn(holder ? holder : "?", "\n"), holder ? holder : "?", plant->var);
		return false;
	}
	if (ftruncate(plant->lock, 0) == 0)
		dprintf(plant->lock, "%d\n", (int)getpid());
	return true;
}

/* What a killed supervisor left behind gets SIGTERM from the kernel; a database needs a moment. */
static bool
wait_for_old(struct plant *plant)
{
	plant->alive = open(plant_path(plant, "alive"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (plant->alive < 0)
		return false;
	for (int i = 0; flock(plant->alive, LOCK_EX | LOCK_NB) != 0; i++) {
		if (i == 1)
			say("Waiting for the programs of an earlier run to end …");
		if (i == WAIT_FOR_OLD) {
			say_wrong("programs of an earlier run still use %s; see: fuser %s/alive",
			    plant->var, plant->var);
			return false;
		}
		usleep(100 * 1000);
	}
	return true;
}

static bool
enough_room(struct plant *plant)
{
	struct statvfs fs;
	uint64_t mb;

	if (statvfs(plant->var, &fs) != 0)
		return true;
	mb = (uint64_t)fs.f_bavail * fs.f_frsize / (1024 * 1024);
	if (mb >= ROOM_NEEDED)
		return true;
	say_wrong("the disk of %s has %d MB left and %d are needed: make room, or choose another "
		  "folder with --var",
	    plant->var, (int)mb, ROOM_NEEDED);
	return false;
}

/* For sockets, whose path has 107 bytes at most, and for a shell script that splits at blanks. */
static bool
path_is_easy(const char *path)
{
	static const char easy[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				   "/._+-";
	struct sockaddr_un un;

	return strspn(path, easy) == strlen(path) &&
	       strlen(path) + sizeof "/jobs.sock" <= sizeof un.sun_path;
}

static bool
find_sockets(struct plant *plant)
{
	const char *note = plant_path(plant, "run/short");
	const char *base = getenv("XDG_RUNTIME_DIR");
	char old[64];
	ssize_t n = readlink(note, old, sizeof old - 1);

	if (n > 0) { /* a killed run's */
		old[n] = '\0';
		if (strstr(old, "/millwright-") != NULL)
			file_remove(old);
		unlink(note);
	}
	plant->sockets = plant_path(plant, "run");
	if (path_is_easy(plant->sockets))
		return true;
	if (base == NULL || strlen(base) > 32 || !path_is_easy(base) || access(base, W_OK) != 0)
		base = "/tmp";
	plant->sockets = arena_print(plant->arena, "%s/millwright-XXXXXX", base);
	if (mkdtemp((char *)plant->sockets) == NULL || symlink(plant->sockets, note) != 0) {
		say_wrong("cannot make a folder for sockets in %s: %s", base, strerror(errno));
		return false;
	}
	return true;
}

static void
trim_logs(struct plant *plant)
{
	static const char *const names[] = { "database", "pool", "jobs", "nginx", "setup", "access",
		"error" };

	for (size_t i = 0; i < COUNT(names); i++) {
		const char *log = arena_print(plant->arena, "%s/log/%s.log", plant->var, names[i]);
		struct stat st;

		if (stat(log, &st) == 0 && st.st_size > LOG_KEPT)
			rename(log, arena_print(plant->arena, "%s.1", log));
	}
}

bool
place_open(struct plant *plant, const char *var)
{
	char real[PATH_MAX];

	if (mkdir(var, 0700) != 0 && errno != EEXIST) {
		say_wrong("cannot make the folder %s: %s", var, strerror(errno));
		return false;
	}
	if (realpath(var, real) == NULL || access(real, W_OK | X_OK) != 0) {
		say_wrong("cannot write in the folder %s: %s", var, strerror(errno));
		return false;
	}
	if (strpbrk(real, "\n\r#") != NULL) {
		say_wrong("the folder's name must hold no # and no line break: %s", real);
		return false;
	}
	plant->var = arena_text(plant->arena, real, strlen(real));
	if (!take_lock(plant) || !enough_room(plant) || !make_folders(plant))
		return false;
	if (!wait_for_old(plant) || !find_sockets(plant))
		return false;
	trim_logs(plant);
	plant->first = !file_exists(plant_path(plant, "db"));
	return true;
}

/*
 * The port is bound here and stays so until nginx listens on it: with SO_REUSEADDR on both sides
 * that is no conflict, and nobody else is handed it in between.
 */
bool
place_port(struct plant *plant)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons((uint16_t)plant->port) };
	socklen_t len = sizeof in;
	int on = 1;

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	plant->port_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (plant->port_fd < 0)
		return false;
	setsockopt(plant->port_fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(plant->port_fd, (struct sockaddr *)&in, sizeof in) != 0) {
		if (errno == EADDRINUSE)
			say_wrong("port %d is in use by another program; take another: make run "
				  "PORT=%d",
			    plant->port, plant->port + 1);
		else
			say_wrong("cannot use port %d: %s", plant->port, strerror(errno));
		return false;
	}
	if (getsockname(plant->port_fd, (struct sockaddr *)&in, &len) == 0)
		plant->port = ntohs(in.sin_port);
	return true;
}

void
place_close(struct plant *plant)
{
	if (plant->sockets == NULL)
		return;
	if (strcmp(plant->sockets, plant_path(plant, "run")) != 0) {
		file_remove(plant->sockets);
		unlink(plant_path(plant, "run/short"));
	}
	if (ftruncate(plant->lock, 0) != 0)
		say_wrong("%s/lock: %s", plant->var, strerror(errno));
}
