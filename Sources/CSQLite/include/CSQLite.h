// SQLite, loaded when a database has to be read and not before: most runs read none, and loading a library costs every
// start. The functions below are those of <sqlite3.h> with the same meaning.
#ifndef ICWSCAN_CSQLITE_H
#define ICWSCAN_CSQLITE_H

#include <stddef.h>
#include <stdint.h>

// A database that is open for reading; a cursor over the rows of a statement.
typedef struct csqlite_database csqlite_database;
typedef struct csqlite_rows csqlite_rows;

// Opens the database in an open file, whatever its path is by now. It is read as it is: no lock is taken, no journal is looked
// for, and nothing is ever written. Work is bounded: a database whose statements take too many steps gives an error. NULL
// when the library is not there or memory is out. `descriptor` stays the caller's and has to stay open. Not for use by two threads
// at once.
csqlite_database *csqlite_open(int descriptor);
void csqlite_close(csqlite_database *database);

// A statement with one text parameter; NULL when the database has no such table.
csqlite_rows *csqlite_select_text(csqlite_database *database, const char *statement, const void *text, size_t length);
// A statement with one number as its parameter.
csqlite_rows *csqlite_select_number(csqlite_database *database, const char *statement, int64_t number);
// 1 for a row, 0 behind the last one, -1 for an error.
int csqlite_next(csqlite_rows *rows);
int64_t csqlite_number(csqlite_rows *rows, int column);
// The bytes of a column, valid until the next row; NULL for none.
const void *csqlite_bytes(csqlite_rows *rows, int column, size_t *length);
void csqlite_finish(csqlite_rows *rows);

#endif
