// expat, loaded when a document is met and not before. The functions of <expat.h> that are used here have the same names and
// the same meaning; `XML_ParserCreateNS` gives NULL when the library can't be loaded.
#ifndef ICWSCAN_CEXPAT_H
#define ICWSCAN_CEXPAT_H

// The header hides the limits against entity expansion unless the library's own build option is named; every
// distribution builds with it.
#ifndef XML_DTD
#define XML_DTD 1
#endif
#include <expat.h>

// Loads the library unless it is there already; 0 when it can't be. For use by any thread.
int cexpat_load(void);

#endif
