/*
 * run.h: `millwright run`: one command that makes a plant in a folder, starts it and watches it.
 */
#ifndef APP_RUN_H
#define APP_RUN_H

/*
 * argv[0] is "run"; the options follow.  Returns when everything that it started has ended: the
 * program's exit status, or that of the command of --once-ready.
 */
int run_command(int argc, char **argv);

#endif
