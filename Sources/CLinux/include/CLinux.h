// Kernel interfaces that Swift's Glibc module does not show: their structures and constants come from the kernel's
// own headers, none is retyped. Each function below exists because a macro can't be imported.
#ifndef ICWSCAN_CLINUX_H
#define ICWSCAN_CLINUX_H

#include <linux/capability.h>
#include <linux/inet_diag.h>
#include <linux/landlock.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/signalfd.h>
#include <stddef.h>

// Where fields of the kernel's `struct tcp_info` stand. <linux/tcp.h> itself is kept out of this header, because
// Glibc's <netinet/tcp.h> declares an older structure of the same name.
struct linux_tcp_info_offsets {
  size_t round_trip;
  size_t bytes_acknowledged;
  size_t bytes_received;
};
struct linux_tcp_info_offsets linux_tcp_info_offsets(void);

// Moves the calling thread, and only it, into the network namespace that `descriptor` stands for. The corresponding
// C function is `setns` with CLONE_NEWNET: both need _GNU_SOURCE. Returns 0 or -1 with errno.
int linux_enter_network_namespace(int descriptor);

// The corresponding C function is `getdents64`, which needs _GNU_SOURCE.
ptrdiff_t linux_directory_entries(int descriptor, void *buffer, size_t length);

#endif
