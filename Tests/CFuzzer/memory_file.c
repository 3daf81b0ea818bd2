#define _GNU_SOURCE
#include <sys/mman.h>

#include "CFuzzer.h"

int memory_file(void) { return memfd_create("fuzz", MFD_CLOEXEC); }
