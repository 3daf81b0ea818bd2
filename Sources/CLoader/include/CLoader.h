// How the modules here load a library when it is needed and not before: once, for any thread, all of its functions or none.
//
// A module lists its functions as `_(result, name, parameters, arguments)`, with the same names as in the library's header, and
// gives the list to CLOADER with the name of the function that loads, and of the files that the library may be.
#ifndef ICWSCAN_CLOADER_H
#define ICWSCAN_CLOADER_H

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

#define CLOADER_POINTER(result, name, ...) __typeof__(&name) name;
#define CLOADER_FIND(result, name, ...) if (!(library.name = (__typeof__(library.name))dlsym(file, #name))) return;

// Defines `library`, which holds the functions, and `int loads(void)`: 0 when they can't be had.
#define CLOADER(loads, functions, ...) \
  static struct { functions(CLOADER_POINTER) } library; \
  static int is_loaded; \
  static void load(void) { \
    static const char *const names[] = {__VA_ARGS__}; \
    void *file = NULL; \
    for (size_t i = 0; i < sizeof names / sizeof *names && !file; i++) file = dlopen(names[i], RTLD_LAZY | RTLD_LOCAL); \
    if (!file) return; \
    functions(CLOADER_FIND) \
    is_loaded = 1; \
  } \
  int loads(void) { \
    static pthread_once_t once = PTHREAD_ONCE_INIT; \
    pthread_once(&once, load); \
    return is_loaded; \
  }

#endif
