#include "CSQLite.h"

#include <dlfcn.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Virtual machine steps a statement may take, and bytes that the library may hold.
#define STEP_LIMIT 20000000
#define STEPS_BETWEEN 1000000
#define MEMORY_LIMIT (256LL << 20)

static struct {
  __typeof__(&sqlite3_open_v2) open;
  __typeof__(&sqlite3_close_v2) close;
  __typeof__(&sqlite3_prepare_v2) prepare;
  __typeof__(&sqlite3_bind_text) bind_text;
  __typeof__(&sqlite3_bind_int64) bind_number;
  __typeof__(&sqlite3_step) step;
  __typeof__(&sqlite3_column_int64) number;
  __typeof__(&sqlite3_column_blob) blob;
  __typeof__(&sqlite3_column_bytes) length;
  __typeof__(&sqlite3_finalize) finalize;
  __typeof__(&sqlite3_progress_handler) progress;
  __typeof__(&sqlite3_soft_heap_limit64) heap_limit;
  __typeof__(&sqlite3_db_config) config;
  __typeof__(&sqlite3_vfs_register) add;
} library;

struct csqlite_database {
  sqlite3 *handle;
  int steps;
};

static void load(void) {
  void *loaded = dlopen("libsqlite3.so.0", RTLD_NOW | RTLD_LOCAL);
  if (!loaded) return;
#define FIND(field, name) library.field = (__typeof__(library.field))dlsym(loaded, name)
  FIND(close, "sqlite3_close_v2");
  FIND(prepare, "sqlite3_prepare_v2");
  FIND(bind_text, "sqlite3_bind_text");
  FIND(bind_number, "sqlite3_bind_int64");
  FIND(step, "sqlite3_step");
  FIND(number, "sqlite3_column_int64");
  FIND(blob, "sqlite3_column_blob");
  FIND(length, "sqlite3_column_bytes");
  FIND(finalize, "sqlite3_finalize");
  FIND(progress, "sqlite3_progress_handler");
  FIND(heap_limit, "sqlite3_soft_heap_limit64");
  FIND(config, "sqlite3_db_config");
  FIND(add, "sqlite3_vfs_register");
  if (library.close && library.prepare && library.bind_text && library.bind_number && library.step && library.number &&
      library.blob && library.length && library.finalize && library.progress && library.heap_limit && library.config && library.add)
    FIND(open, "sqlite3_open_v2");
}

// Whether the library is there. Another thread's first use is waited for.
static int is_loaded(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return library.open != NULL;
}

// The file of a database, by its descriptor. SQLite's own files are opened by path, which for a file of a container means
// another file or none.
struct open_file {
  sqlite3_file base;
  int descriptor;
};

static int file_close(sqlite3_file *file) { return (void)file, SQLITE_OK; }

static int file_read(sqlite3_file *file, void *buffer, int length, sqlite3_int64 offset) {
  unsigned char *bytes = buffer;
  ssize_t count = pread(((struct open_file *)file)->descriptor, bytes, (size_t)length, offset);
  if (count < 0) return SQLITE_IOERR_READ;
  if (count < length) memset(bytes + count, 0, (size_t)(length - count));
  // The two bytes of the header that say how it is written: a write-ahead log is of no interest to a reader of the file alone.
  for (sqlite3_int64 place = 18; place <= 19; place++)
    if (offset <= place && place < offset + count && bytes[place - offset] == 2) bytes[place - offset] = 1;
  return count < length ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

static int file_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset) {
  return (void)file, (void)bytes, (void)length, (void)offset, SQLITE_READONLY;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 length) { return (void)file, (void)length, SQLITE_READONLY; }

static int file_number(sqlite3_file *file, int number) { return (void)file, (void)number, SQLITE_OK; }

static int file_size(sqlite3_file *file, sqlite3_int64 *length) {
  struct stat status;
  if (fstat(((struct open_file *)file)->descriptor, &status) != 0) return SQLITE_IOERR_FSTAT;
  *length = status.st_size;
  return SQLITE_OK;
}

static int file_is_reserved(sqlite3_file *file, int *result) { return (void)file, *result = 0, SQLITE_OK; }

static int file_control(sqlite3_file *file, int operation, void *argument) {
  return (void)file, (void)operation, (void)argument, SQLITE_NOTFOUND;
}

static int file_sector(sqlite3_file *file) { return (void)file, 4096; }

static int file_device(sqlite3_file *file) { return (void)file, SQLITE_IOCAP_IMMUTABLE; }

static const sqlite3_io_methods methods = {
  .iVersion = 1, .xClose = file_close, .xRead = file_read, .xWrite = file_write, .xTruncate = file_truncate,
  .xSync = file_number, .xFileSize = file_size, .xLock = file_number, .xUnlock = file_number,
  .xCheckReservedLock = file_is_reserved, .xFileControl = file_control, .xSectorSize = file_sector,
  .xDeviceCharacteristics = file_device,
};

static int system_open(sqlite3_vfs *system, const char *name, sqlite3_file *file, int flags, int *result) {
  file->pMethods = NULL;
  // Journals and temporary files are not for a reader.
  if (!(flags & SQLITE_OPEN_MAIN_DB)) return (void)name, SQLITE_CANTOPEN;
  ((struct open_file *)file)->descriptor = *(int *)system->pAppData;
  file->pMethods = &methods;
  if (result) *result = SQLITE_OPEN_READONLY;
  return SQLITE_OK;
}

static int system_delete(sqlite3_vfs *system, const char *name, int sync) {
  return (void)system, (void)name, (void)sync, SQLITE_READONLY;
}

static int system_access(sqlite3_vfs *system, const char *name, int flags, int *result) {
  return (void)system, (void)name, (void)flags, *result = 0, SQLITE_OK;
}

static int system_path(sqlite3_vfs *system, const char *name, int length, char *result) {
  (void)system;
  if (strlen(name) >= (size_t)length) return SQLITE_CANTOPEN;
  strcpy(result, name);
  return SQLITE_OK;
}

static int system_random(sqlite3_vfs *system, int length, char *bytes) {
  return (void)system, memset(bytes, 0, (size_t)length), length;
}

static int system_sleep(sqlite3_vfs *system, int microseconds) { return (void)system, microseconds; }

static int system_time(sqlite3_vfs *system, double *time) { return (void)system, *time = 0, SQLITE_OK; }

// What the next database is opened from, for one thread at a time: SQLite passes on nothing but a name.
static int descriptor_to_open = -1;
static pthread_mutex_t opening = PTHREAD_MUTEX_INITIALIZER;

static sqlite3_vfs file_system = {
  .iVersion = 1, .szOsFile = sizeof(struct open_file), .mxPathname = 64, .zName = "icwscan-descriptor",
  .pAppData = &descriptor_to_open, .xOpen = system_open, .xDelete = system_delete, .xAccess = system_access,
  .xFullPathname = system_path, .xRandomness = system_random, .xSleep = system_sleep, .xCurrentTime = system_time,
};

static int is_enough(void *context) {
  struct csqlite_database *database = context;
  database->steps += STEPS_BETWEEN;
  return database->steps > STEP_LIMIT;
}

csqlite_database *csqlite_open(int descriptor) {
  if (!is_loaded()) return NULL;
  library.heap_limit(MEMORY_LIMIT);
  if (library.add(&file_system, 0) != SQLITE_OK) return NULL;
  struct csqlite_database *database = calloc(1, sizeof *database);
  if (!database) return NULL;
  pthread_mutex_lock(&opening);
  descriptor_to_open = descriptor;
  int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
  int status = library.open("database", &database->handle, flags, file_system.zName);
  pthread_mutex_unlock(&opening);
  if (status != SQLITE_OK) {
    csqlite_close(database);
    return NULL;
  }
  library.progress(database->handle, STEPS_BETWEEN, is_enough, database);
  // A schema from outside may name functions; none is to be run.
  library.config(database->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
  library.config(database->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
  return database;
}

void csqlite_close(csqlite_database *database) {
  library.close(database->handle);
  free(database);
}

csqlite_rows *csqlite_select_text(csqlite_database *database, const char *statement, const void *text, size_t length) {
  sqlite3_stmt *prepared = NULL;
  if (length > 1 << 20 || library.prepare(database->handle, statement, -1, &prepared, NULL) != SQLITE_OK) return NULL;
  library.bind_text(prepared, 1, text, (int)length, SQLITE_TRANSIENT);
  return (csqlite_rows *)prepared;
}

csqlite_rows *csqlite_select_number(csqlite_database *database, const char *statement, int64_t number) {
  sqlite3_stmt *prepared = NULL;
  if (library.prepare(database->handle, statement, -1, &prepared, NULL) != SQLITE_OK) return NULL;
  library.bind_number(prepared, 1, number);
  return (csqlite_rows *)prepared;
}

int csqlite_next(csqlite_rows *rows) {
  int result = library.step((sqlite3_stmt *)rows);
  return result == SQLITE_ROW ? 1 : result == SQLITE_DONE ? 0 : -1;
}

int64_t csqlite_number(csqlite_rows *rows, int column) { return library.number((sqlite3_stmt *)rows, column); }

const void *csqlite_bytes(csqlite_rows *rows, int column, size_t *length) {
  const void *bytes = library.blob((sqlite3_stmt *)rows, column);
  int count = library.length((sqlite3_stmt *)rows, column);
  *length = bytes && count > 0 ? (size_t)count : 0;
  return *length ? bytes : NULL;
}

void csqlite_finish(csqlite_rows *rows) { library.finalize((sqlite3_stmt *)rows); }
