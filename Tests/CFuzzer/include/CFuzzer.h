#include <stddef.h>
#include <stdint.h>

/* libFuzzer's driver, which the sanitizer's run-time library defines (FuzzerInterface.h has no declaration of it). */
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));

/* A new file in memory (memfd_create), which the C library declares for GNU's sources only. */
int memory_file(void);
