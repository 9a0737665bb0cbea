/* demo_account.c: fresh passwords of the demo plant's named accounts. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/demo_inside.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/secret.h"
#include "model/password.h"
#include "rule/password.h"

const char *const demo_words[128] = {
	"amber",
	"anvil",
	"apple",
	"arrow",
	"aspen",
	"atlas",
	"autumn",
	"badge",
	"bamboo",
	"barley",
	"basil",
	"beacon",
	"birch",
	"bison",
	"bridge",
	"bronze",
	"cabin",
	"cactus",
	"candle",
	"canyon",
	"carbon",
	"castle",
	"cedar",
	"chalk",
	"cherry",
	"cinder",
	"cliff",
	"clover",
	"cobalt",
	"comet",
	"copper",
	"coral",
	"cotton",
	"crane",
	"crystal",
	"dahlia",
	"delta",
	"desert",
	"dolphin",
	"eagle",
	"ember",
	"falcon",
	"fennel",
	"fern",
	"fjord",
	"flint",
	"forest",
	"fossil",
	"fox",
	"galaxy",
	"garnet",
	"ginger",
	"glacier",
	"granite",
	"grove",
	"harbor",
	"hazel",
	"heron",
	"hickory",
	"honey",
	"indigo",
	"iris",
	"island",
	"ivory",
	"jasmine",
	"jasper",
	"juniper",
	"kayak",
	"kestrel",
	"kettle",
	"lagoon",
	"lantern",
	"lark",
	"laurel",
	"lemon",
	"lilac",
	"linen",
	"lotus",
	"lynx",
	"magnet",
	"mango",
	"maple",
	"marble",
	"meadow",
	"mint",
	"moss",
	"nectar",
	"nickel",
	"nutmeg",
	"oasis",
	"ocean",
	"olive",
	"onyx",
	"opal",
	"orbit",
	"orchid",
	"otter",
	"palm",
	"pebble",
	"pepper",
	"pine",
	"planet",
	"plum",
	"poppy",
	"prairie",
	"quartz",
	"quill",
	"raven",
	"reef",
	"river",
	"robin",
	"saffron",
	"sage",
	"sierra",
	"silver",
	"spruce",
	"summit",
	"swallow",
	"thistle",
	"thunder",
	"tulip",
	"tundra",
	"valley",
	"velvet",
	"violet",
	"walnut",
	"willow",
	"zephyr",
};

/* Four words and four digits: 41 bits. */
static const char *
passphrase(struct arena *arena)
{
	unsigned char r[8];
	const char *text;

	do {
		random_bytes(r, sizeof(r));
		text = arena_print(arena, "%s-%s-%s-%s-%04d", demo_words[r[0] % COUNT(demo_words)],
		    demo_words[r[1] % COUNT(demo_words)], demo_words[r[2] % COUNT(demo_words)],
		    demo_words[r[3] % COUNT(demo_words)],
		    (int)(((unsigned)r[4] << 16 | (unsigned)r[5] << 8 | r[6]) % 10000));
	} while (password_fault(text, NULL, NULL) != NULL);
	return text;
}

/* In a gate of its own: nobody waits for these hashes. */
static enum status
hash_it(struct arena *arena, const char *password, const char **hash)
{
	const char *tmp = getenv("TMPDIR");
	char *folder = arena_print(arena, "%s/millwright-demo.XXXXXX", tmp != NULL ? tmp : "/tmp");
	const struct gate gate = { folder, 1 };
	enum status e;

	if (mkdtemp(folder) == NULL) {
		log_error("%s: cannot make a temporary folder", folder);
		return FAILED;
	}
	e = password_hash(&gate, arena, password, hash);
	unlink(arena_print(arena, "%s/.password-0", folder));
	rmdir(folder);
	return e;
}

enum status
demo_password(struct demo *d, const struct demo_person *person, FILE *accounts, const char **hash)
{
	const char *password;
	enum status e;

	*hash = NULL;
	if (person->account == NULL)
		return OK;
	password = passphrase(d->arena);
	e = hash_it(d->arena, password, hash);
	if (e)
		return e;
	return fprintf(accounts, "%s\t%s\t%s\n", person->account, person->email, password) < 0
		   ? FAILED
		   : OK;
}
