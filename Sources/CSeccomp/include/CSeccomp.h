// libseccomp, loaded when a filter is made and not before. The functions of <seccomp.h> that are used here have the same names
// and the same meaning; `seccomp_init` gives NULL when the library can't be loaded.
#ifndef ICWSCAN_CSECCOMP_H
#define ICWSCAN_CSECCOMP_H

#include <seccomp.h>

// Loads the library unless it is there already; 0 when it can't be. For use by any thread.
int cseccomp_load(void);

#endif
