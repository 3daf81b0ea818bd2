// libarchive, loaded when a compressed capture or an archive is met and not before: it brings a dozen other libraries
// along. The functions of <archive.h> and <archive_entry.h> that are used here have the same names and the same meaning;
// `archive_read_new` gives NULL when the library can't be loaded.
#ifndef ICWSCAN_CARCHIVE_H
#define ICWSCAN_CARCHIVE_H

#include <archive.h>
#include <archive_entry.h>

// Loads the library unless it is there already; 0 when it can't be. For use by any thread.
int carchive_load(void);

#endif
