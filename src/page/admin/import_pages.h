/* import_pages.h: the pages of imports: what its files share. */
#ifndef PAGE_ADMIN_IMPORT_PAGES_H
#define PAGE_ADMIN_IMPORT_PAGES_H

#include "http/request.h"
#include "model/import.h"
#include "register/import.h"

handler imports_page;        /* GET /imports */
handler import_new_page;     /* GET /imports/new */
handler import_new_post;     /* POST /imports/new */
handler import_page;         /* GET /imports/:id */
handler import_state_page;   /* GET /imports/:id/state */
handler import_wrong_page;   /* GET /imports/:id/wrong.csv */
handler import_columns_page; /* GET /imports/:id/columns */
handler import_columns_post; /* POST /imports/:id/columns */
handler import_apply_post;   /* POST /imports/:id/apply */
handler import_stop_post;    /* POST /imports/:id/stop */
handler import_undo_post;    /* POST /imports/:id/undo */
handler import_archive_post; /* POST /imports/:id/archive */

/* ---- for its files ---- */

/* NOT_FOUND when there is none of that id whose register is this person's to change. */
enum status import_of(struct request *, struct import *, struct import_target *) MUST_CHECK;
/* "machine,part": what this person may import. */
const char *import_kinds(struct request *);
/* Labels of every language that the worker speaks. */
struct import_labels import_labels_of(struct request *);
/* Reads the first rows of the file as the import says; at most `most`, struct csv_row. */
struct csv_row *import_first_rows(struct request *, const struct import *, size_t most, size_t *);
/* Sets headers, their digest, and the guess of the columns, by the dialect that it has. */
enum status import_read_headers(
    struct request *, struct import *, const struct import_target *) MUST_CHECK;
/* Line i of a text of lines; "" behind the last. */
const char *import_line_at(struct arena *, const char *text, size_t i);
size_t import_line_count(const char *text);
/* What stands for an empty cell of the member; "" for nothing. */
const char *import_given_of(struct arena *, const struct import *, const char *member);

#endif
