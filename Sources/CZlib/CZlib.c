#include "CZlib.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

// Everything that takes what `inflateInit2_` gave: result, name, parameters, arguments.
#define FUNCTIONS(_) \
  _(int, inflate, (z_streamp stream, int flush), (stream, flush)) \
  _(int, inflateEnd, (z_streamp stream), (stream)) \
  _(int, inflateReset, (z_streamp stream), (stream))

#define POINTER(result, name, ...) __typeof__(&name) name;
static struct {
  __typeof__(&inflateInit2_) inflateInit2_;
  FUNCTIONS(POINTER)
} library;
static int is_loaded;

static void load(void) {
  void *file = dlopen("libz.so.1", RTLD_LAZY | RTLD_LOCAL);
  if (!file) return;
#define FIND(result, name, ...) if (!(library.name = (__typeof__(library.name))dlsym(file, #name))) return;
  FIND(, inflateInit2_)
  FUNCTIONS(FIND)
  is_loaded = 1;
}

int czlib_load(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return is_loaded;
}

int inflateInit2_(z_streamp stream, int bits, const char *version, int size) {
  return czlib_load() ? library.inflateInit2_(stream, bits, version, size) : Z_VERSION_ERROR;
}

// What they take can come from elsewhere: a test calls more of the library than is here.
#define PASS_ON(result, name, parameters, arguments) \
  result name parameters { return czlib_load(), library.name arguments; }
FUNCTIONS(PASS_ON)
