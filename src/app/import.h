/*
 * import.h: `millwright import`: machines and history from CSV files.
 *
 *	millwright import --site S [--config FILE] [--dry-run] KIND FILE
 *	machines FILE		number, name, department, location, manufacturer, model,
 *				serial_number, installed_on, criticality
 *	azure-pdm FOLDER	PdM_machines, PdM_failures, PdM_errors and PdM_maint .csv
 *	excavator FILE		BscStartDate, Asset, OriginalShorttext, PMType, Cost
 *
 * All files are read and checked before anything is written: one line with an error, and nothing
 * is.  Errors are listed as FILE:LINE: what is wrong.  Then it is written in transactions of at
 * most a thousand rows.  Each record has a source key that its row in the file gives it, so that
 * what was interrupted is finished by running it again, and importing twice changes nothing.  A
 * record that the site has already is never written over: when it says something else than the
 * file it is listed as "changed" and left as it is.
 */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H

/* argv[0] is "import".  0: done; 1: errors in the files, nothing changed, or no database; 2: usage.
 */
int import_command(int argc, char **argv);

#endif
