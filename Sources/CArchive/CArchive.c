#include "CArchive.h"

#include "CLoader.h"

// Everything that takes what `archive_read_new` gave: result, name, parameters, arguments.
#define FUNCTIONS(_) \
  _(int, archive_errno, (struct archive *archive), (archive)) \
  _(const char *, archive_error_string, (struct archive *archive), (archive)) \
  _(int, archive_read_append_filter, (struct archive *archive, int filter), (archive, filter)) \
  _(la_ssize_t, archive_read_data, (struct archive *archive, void *bytes, size_t length), (archive, bytes, length)) \
  _(int, archive_read_free, (struct archive *archive), (archive)) \
  _(int, archive_read_next_header, (struct archive *archive, struct archive_entry **entry), (archive, entry)) \
  _(int, archive_read_open1, (struct archive *archive), (archive)) \
  _(int, archive_read_set_callback_data, (struct archive *archive, void *data), (archive, data)) \
  _(int, archive_read_set_read_callback, (struct archive *archive, archive_read_callback *function), (archive, function)) \
  _(int, archive_read_set_seek_callback, (struct archive *archive, archive_seek_callback *function), (archive, function)) \
  _(int, archive_read_support_filter_compress, (struct archive *archive), (archive)) \
  _(int, archive_read_support_format_7zip, (struct archive *archive), (archive)) \
  _(int, archive_read_support_format_empty, (struct archive *archive), (archive)) \
  _(int, archive_read_support_format_raw, (struct archive *archive), (archive)) \
  _(int, archive_read_support_format_tar, (struct archive *archive), (archive)) \
  _(int, archive_read_support_format_zip, (struct archive *archive), (archive)) \
  _(mode_t, archive_entry_filetype, (struct archive_entry *entry), (entry)) \
  _(const char *, archive_entry_hardlink, (struct archive_entry *entry), (entry)) \
  _(const char *, archive_entry_pathname, (struct archive_entry *entry), (entry)) \
  _(const char *, archive_entry_pathname_utf8, (struct archive_entry *entry), (entry))

#define ALL(_) _(, archive_read_new) FUNCTIONS(_)
CLOADER(carchive_load, ALL, "libarchive.so.13")

struct archive *archive_read_new(void) { return carchive_load() ? library.archive_read_new() : NULL; }

// What they take can come from elsewhere: a test calls more of the library than is here.
#define PASS_ON(result, name, parameters, arguments) \
  result name parameters { return carchive_load(), library.name arguments; }
FUNCTIONS(PASS_ON)
