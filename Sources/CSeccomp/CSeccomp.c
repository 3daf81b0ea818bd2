#include "CSeccomp.h"

#include "CLoader.h"

// Everything that takes what `seccomp_init` gave: result, name, parameters, arguments.
#define FUNCTIONS(_) \
  _(int, seccomp_attr_set, (scmp_filter_ctx filter, enum scmp_filter_attr attribute, uint32_t value), \
    (filter, attribute, value)) \
  _(int, seccomp_load, (const scmp_filter_ctx filter), (filter)) \
  _(void, seccomp_release, (scmp_filter_ctx filter), (filter)) \
  _(int, seccomp_rule_add_array, \
    (scmp_filter_ctx filter, uint32_t action, int call, unsigned int count, const struct scmp_arg_cmp *comparisons), \
    (filter, action, call, count, comparisons)) \
  _(int, seccomp_syscall_resolve_name, (const char *name), (name))

#define ALL(_) _(, seccomp_init) FUNCTIONS(_)
CLOADER(cseccomp_load, ALL, "libseccomp.so.2")

scmp_filter_ctx seccomp_init(uint32_t action) {
  return cseccomp_load() ? library.seccomp_init(action) : NULL;
}

// What they take can come from elsewhere: a test calls more of the library than is here.
#define PASS_ON(result, name, parameters, arguments) \
  result name parameters { return cseccomp_load(), library.name arguments; }
FUNCTIONS(PASS_ON)
