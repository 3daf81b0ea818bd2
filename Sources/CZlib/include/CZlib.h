// zlib, loaded when a gzip file is met and not before. The functions of <zlib.h> that are used here have the same names and the
// same meaning; `inflateInit2_` gives Z_VERSION_ERROR when the library can't be loaded.
#ifndef ICWSCAN_CZLIB_H
#define ICWSCAN_CZLIB_H

#include <zlib.h>

// Loads the library unless it is there already; 0 when it can't be. For use by any thread.
int czlib_load(void);

#endif
