/* rule_golden.h: a printed table against the file that was read and agreed to. */
#ifndef TEST_RULE_GOLDEN_H
#define TEST_RULE_GOLDEN_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Prints the first line that differs.  With GOLDEN=write the file is written: read it, then commit.
 */
static inline int
golden_differs(const char *name, const char *text)
{
	char path[256], line[512];
	FILE *f;
	int n = 0;

	snprintf(path, sizeof(path), "tests/unit/golden/%s.txt", name);
	if (getenv("GOLDEN") != NULL && strcmp(getenv("GOLDEN"), "write") == 0) {
		f = fopen(path, "w");
		if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
			return -1;
		return 0;
	}
	f = fopen(path, "r");
	if (f == NULL) {
		printf("%s: cannot be read; run from the project's root\n", path);
		return -1;
	}
	while (fgets(line, sizeof(line), f) != NULL) {
		n++;
		if (strncmp(text, line, strlen(line)) != 0) {
			printf("%s:%d: %sprinted: %.*s\n", path, n, line, (int)strcspn(text, "\n"),
			    text);
			fclose(f);
			return n;
		}
		text += strlen(line);
	}
	fclose(f);
	if (*text != '\0')
		printf("%s: ends before: %.*s\n", path, (int)strcspn(text, "\n"), text);
	return *text != '\0';
}

#endif
