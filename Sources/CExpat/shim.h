// The header hides the limits against entity expansion unless the library's own build option is named; every
// distribution builds with it.
#ifndef XML_DTD
#define XML_DTD 1
#endif
#include <expat.h>
