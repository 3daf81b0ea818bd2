#include "CZlib.h"

#include "CLoader.h"

// Everything that takes what `inflateInit2_` gave: result, name, parameters, arguments.
#define FUNCTIONS(_) \
  _(int, inflate, (z_streamp stream, int flush), (stream, flush)) \
  _(int, inflateEnd, (z_streamp stream), (stream)) \
  _(int, inflateReset, (z_streamp stream), (stream))

#define ALL(_) _(, inflateInit2_) FUNCTIONS(_)
CLOADER(czlib_load, ALL, "libz.so.1")

int inflateInit2_(z_streamp stream, int bits, const char *version, int size) {
  return czlib_load() ? library.inflateInit2_(stream, bits, version, size) : Z_VERSION_ERROR;
}

// What they take can come from elsewhere: a test calls more of the library than is here.
#define PASS_ON(result, name, parameters, arguments) \
  result name parameters { return czlib_load(), library.name arguments; }
FUNCTIONS(PASS_ON)
