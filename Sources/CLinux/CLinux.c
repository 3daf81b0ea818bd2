#define _GNU_SOURCE
#include "CLinux.h"

#include <dirent.h>
#include <linux/tcp.h>
#include <sched.h>

struct linux_tcp_info_offsets linux_tcp_info_offsets(void) {
  struct linux_tcp_info_offsets offsets = {
    .round_trip = offsetof(struct tcp_info, tcpi_rtt),
    .bytes_acknowledged = offsetof(struct tcp_info, tcpi_bytes_acked),
    .bytes_received = offsetof(struct tcp_info, tcpi_bytes_received),
  };
  return offsets;
}

int linux_enter_network_namespace(int descriptor) { return setns(descriptor, CLONE_NEWNET); }

ptrdiff_t linux_directory_entries(int descriptor, void *buffer, size_t length) {
  return getdents64(descriptor, buffer, length);
}
