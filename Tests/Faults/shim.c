/* Faults at the system-call seam: a library in front of the C library (LD_PRELOAD) that lets chosen calls fail as the
   kernel may let them fail. FAULT says which:

     short            reads and writes of files and pipes move at most three bytes
     interrupted      about every second read, pread, write, poll, recvfrom and openat is interrupted (EINTR)
     read:E:N:TEXT    reads of files with TEXT in their path fail with the number E once N bytes were read
     write:E:N:TEXT   the same for writes
     overrun:N        every N-th message from netlink is lost (ENOBUFS)
     unheard          every message from netlink to a socket that does not wait (which hears reports) is lost (ENOBUFS)
     clock:N          N seconds after the start the wall clock is an hour behind
     hold:F:N:TEXT    reads of a file with TEXT in its path wait, once N bytes were read, until there is no file F any more
     pause:F:TEXT     a file with TEXT in its path is opened for the second time only when there is no file F any more;
                      a line on standard error tells when that, or the former, is waited for */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int isFault(const char *name, const char **rest) {
  const char *fault = getenv("FAULT");
  size_t length = strlen(name);
  if (!fault || strncmp(fault, name, length) || (fault[length] && fault[length] != ':')) return 0;
  if (rest) *rest = fault[length] ? fault + length + 1 : "";
  return 1;
}

/* About every second call, in no rhythm that a loop of calls could have too. */
static int isInterrupted(void) {
  static atomic_uint calls;
  if (!isFault("interrupted", NULL) || (atomic_fetch_add(&calls, 1) * 2654435761u >> 20) % 2) return 0;
  errno = EINTR;
  return 1;
}

static int isFile(int descriptor) {
  struct stat status;
  return !fstat(descriptor, &status) && (S_ISREG(status.st_mode) || S_ISFIFO(status.st_mode));
}

static size_t shortened(int descriptor, size_t count) {
  return count > 3 && isFault("short", NULL) && isFile(descriptor) ? 3 : count;
}

/* The path of an open file, in `path` of PATH_MAX bytes; 0 where it has none. */
static int pathOf(int descriptor, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return 1;
}

/* Waits until there is no file any more whose name ends at the next colon, and says so. */
static void waitForEndOf(const char *name, const char *words) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%.*s", (int)strcspn(name, ":"), name);
  if (access(path, F_OK)) return;
  if (write(2, words, strlen(words)) < 0) return;
  while (!access(path, F_OK)) poll(NULL, 0, 10);
}

/* How many bytes may still be moved before the fault; -1 when it has come. Says whether those that are moved count. */
static ssize_t allowed(const char *kind, int descriptor, size_t count, atomic_llong *moved, int *counts) {
  const char *rest;
  *counts = 0;
  if (!isFault(kind, &rest)) return count;
  char *end;
  int number = strtol(rest, &end, 10);
  long long limit = strtoll(end + 1, &end, 10);
  char path[PATH_MAX];
  if (!pathOf(descriptor, path) || !strstr(path, end + 1)) return count;
  *counts = 1;
  long long left = limit - atomic_load(moved);
  if (left <= 0) {
    errno = number;
    return -1;
  }
  return (long long)count < left ? (ssize_t)count : left;
}

static atomic_llong readSoFar, writtenSoFar;

/* Every thread waits that has read of the file: none of them is ahead of what is done to it meanwhile. */
static void hold(int descriptor, ssize_t moved) {
  const char *rest;
  if (moved <= 0 || !isFault("hold", &rest)) return;
  const char *number = rest + strcspn(rest, ":");
  if (!*number) return;
  char *end, path[PATH_MAX];
  long long place = strtoll(number + 1, &end, 10);
  if (!*end || !pathOf(descriptor, path) || !strstr(path, end + 1)) return;
  if (atomic_fetch_add(&readSoFar, moved) + moved >= place) waitForEndOf(rest, "waiting behind a read\n");
}

ssize_t read(int descriptor, void *bytes, size_t count) {
  ssize_t (*next)(int, void *, size_t) = dlsym(RTLD_NEXT, "read");
  if (isInterrupted()) return -1;
  int counts;
  ssize_t most = allowed("read", descriptor, shortened(descriptor, count), &readSoFar, &counts);
  if (most < 0) return -1;
  ssize_t moved = next(descriptor, bytes, most);
  if (moved > 0 && counts) atomic_fetch_add(&readSoFar, moved);
  hold(descriptor, moved);
  return moved;
}

ssize_t pread(int descriptor, void *bytes, size_t count, off_t offset) {
  ssize_t (*next)(int, void *, size_t, off_t) = dlsym(RTLD_NEXT, "pread");
  if (isInterrupted()) return -1;
  int counts;
  ssize_t most = allowed("read", descriptor, shortened(descriptor, count), &readSoFar, &counts);
  if (most < 0) return -1;
  ssize_t moved = next(descriptor, bytes, most, offset);
  if (moved > 0 && counts) atomic_fetch_add(&readSoFar, moved);
  hold(descriptor, moved);
  return moved;
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  ssize_t (*next)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
  if (isInterrupted()) return -1;
  int counts;
  ssize_t most = allowed("write", descriptor, shortened(descriptor, count), &writtenSoFar, &counts);
  if (most < 0) return -1;
  ssize_t moved = next(descriptor, bytes, most);
  if (moved > 0 && counts) atomic_fetch_add(&writtenSoFar, moved);
  return moved;
}

int poll(struct pollfd *requests, nfds_t count, int milliseconds) {
  int (*next)(struct pollfd *, nfds_t, int) = dlsym(RTLD_NEXT, "poll");
  if (isInterrupted()) return -1;
  return next(requests, count, milliseconds);
}

int openat(int folder, const char *path, int flags, ...) {
  int (*next)(int, const char *, int, ...) = dlsym(RTLD_NEXT, "openat");
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  if (isInterrupted()) return -1;
  return next(folder, path, flags, mode);
}

int open(const char *path, int flags, ...) {
  int (*next)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
  static atomic_uint openings;
  const char *rest;
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  if (isFault("pause", &rest)) {
    size_t length = strcspn(rest, ":");
    if (rest[length] && strstr(path, rest + length + 1) && atomic_fetch_add(&openings, 1) == 1)
      waitForEndOf(rest, "waiting at the second opening\n");
  }
  return next(path, flags, mode);
}

ssize_t recvfrom(int descriptor, void *bytes, size_t count, int flags, struct sockaddr *from, socklen_t *length) {
  ssize_t (*next)(int, void *, size_t, int, struct sockaddr *, socklen_t *) = dlsym(RTLD_NEXT, "recvfrom");
  static atomic_uint messages;
  const char *rest;
  if (isInterrupted()) return -1;
  int family = 0;
  socklen_t size = sizeof family;
  ssize_t moved = next(descriptor, bytes, count, flags, from, length);
  if (moved <= 0 || getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &family, &size) || family != AF_NETLINK) return moved;
  if ((isFault("overrun", &rest) && (atomic_fetch_add(&messages, 1) + 1) % atoi(rest) == 0) ||
      (isFault("unheard", NULL) && fcntl(descriptor, F_GETFL) & O_NONBLOCK)) {
    errno = ENOBUFS;
    return -1;
  }
  return moved;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  int (*next)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
  static atomic_llong start;
  const char *rest;
  int status = next(clock, time);
  if (status || clock != CLOCK_REALTIME || !isFault("clock", &rest)) return status;
  long long begun = atomic_load(&start);
  if (!begun) atomic_store(&start, begun = time->tv_sec);
  if (time->tv_sec - begun >= atoll(rest)) time->tv_sec -= 3600;
  return status;
}
