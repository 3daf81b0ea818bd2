// Kernel interfaces that Swift's Glibc module does not show: their structures and constants come from the kernel's
// own headers, none is retyped. Each function below exists because a macro can't be imported.
#ifndef ICWSCAN_CLINUX_H
#define ICWSCAN_CLINUX_H

// In front of the kernel's headers, which then leave out what the C library declares too.
#include <netinet/in.h>

#include <linux/capability.h>
#include <linux/inet_diag.h>
#include <linux/landlock.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nf_tables_compat.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/signalfd.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Where fields of the kernel's `struct tcp_info` stand. <linux/tcp.h> itself is kept out of this header, because
// Glibc's <netinet/tcp.h> declares an older structure of the same name.
struct linux_tcp_info_offsets {
  size_t round_trip;
  size_t bytes_acknowledged;
  size_t bytes_received;
  size_t last_data_sent;
  size_t last_data_received;
};
struct linux_tcp_info_offsets linux_tcp_info_offsets(void);

// Moves the calling thread, and only it, into the network namespace that `descriptor` stands for. The corresponding
// C function is `setns` with CLONE_NEWNET: both need _GNU_SOURCE. Returns 0 or -1 with errno.
int linux_enter_network_namespace(int descriptor);

// Opens a file below a directory that stands for the root: no symbolic link and no `..` leads out of it. The system
// call is `openat2` with RESOLVE_IN_ROOT and RESOLVE_NO_MAGICLINKS. Returns a descriptor or -1 with errno.
int linux_open_in_root(int directory, const char *path, int flags);

// The name of the device with an index in the namespace of `socket`; 0 or -1 with errno. The corresponding C function
// is `ioctl` with SIOCGIFNAME. `name` has room for LINUX_INTERFACE_NAME bytes.
#define LINUX_INTERFACE_NAME 16
int linux_interface_name(int socket, uint32_t index, char *name);

// Where fields of `struct ipt_entry` or `struct ip6t_entry` stand, and of `struct xt_entry_match`, which has the shape of
// `struct xt_entry_target`. <linux/netfilter_ipv4/ip_tables.h> itself is kept out of this header, because it declares
// what Glibc's <net/if.h> declares too.
struct linux_xtables_layout {
  size_t source, destination, source_mask, destination_mask;
  size_t in_interface, out_interface, in_interface_mask, out_interface_mask;
  size_t protocol, flags, inverse_flags, target_offset, next_offset, matches;
  size_t extension_name, extension_revision, extension_data;
};
struct linux_xtables_layout linux_xtables_layout(int is_ipv6);

#define LINUX_XTABLES_NAME 32
#define LINUX_XTABLES_HOOKS 5
struct linux_xtables_info {
  uint32_t valid_hooks, count, size;
  uint32_t entry[LINUX_XTABLES_HOOKS];
};

// What the kernel says of one of the older tables of iptables; 0 or -1 with errno. It makes a table that does not exist
// yet: ask only for those that /proc/net/ip_tables_names has. The option is IPT_SO_GET_INFO.
int linux_xtables_info(int socket, int is_ipv6, const char *table, struct linux_xtables_info *info);

// The entries of a table: `length` bytes as told before, 0 or -1 with errno. The option is IPT_SO_GET_ENTRIES.
int linux_xtables_entries(int socket, int is_ipv6, const char *table, void *entries, uint32_t length);

// Where `part` begins in `text` at or behind `start`, or -1. The corresponding C function is `memmem`, which needs
// _GNU_SOURCE.
ptrdiff_t linux_find(const void *text, size_t length, size_t start, const void *part, size_t part_length);

// Lets a socket of NETLINK_SOCK_DIAG hear when TCP and UDP sockets of its namespace end, those alone that have `port`
// on either side (the multicast groups of include/uapi/linux/sock_diag.h; a classic BPF program over the reports).
// Returns 0 or -1 with errno.
int linux_hear_ended_sockets(int socket, uint16_t port);

// Lets a socket of NETLINK_CONNECTOR hear when processes fork, execute, change their name and end. The kernel answers
// with an acknowledgement of the request's number, or not at all where it has nothing to tell. Returns 0 or -1 with errno.
int linux_hear_processes(int socket, uint32_t number);

// A report of the process connector (include/uapi/linux/cn_proc.h).
enum {
  LINUX_PROCESS_ACKNOWLEDGED,
  LINUX_PROCESS_FORKED,
  LINUX_PROCESS_EXECUTED,
  LINUX_PROCESS_RENAMED,
  LINUX_PROCESS_ENDED,
};
struct linux_process_report {
  int32_t kind;
  // The number of the request, where it is an acknowledgement, and its errno.
  uint32_t number;
  uint32_t failure;
  // The process; the new one where one forked.
  int32_t process;
  // Who forked.
  int32_t parent;
};

// Reads a datagram of the process connector; false for anything else.
bool linux_read_process_report(const void *bytes, size_t length, struct linux_process_report *report);

// The corresponding C function is `getdents64`, which needs _GNU_SOURCE.
ptrdiff_t linux_directory_entries(int descriptor, void *buffer, size_t length);

// A private mount of tracefs or sysfs that no path leads to; it goes with the descriptor. The system calls are `fsopen`,
// `fsconfig` and `fsmount` (Linux 5.2), whose wrappers need a C library newer than some that are in use. Returns a
// descriptor or -1 with errno.
int linux_mount(const char *kind);

// Whether a descriptor lies in tracefs: 1 or 0. The corresponding C function is `fstatfs`.
int linux_is_tracefs(int descriptor);

// The calls below have no wrapper in the C library, or one with variable arguments, which Swift can't call. Each
// returns a negative value with errno when it fails.

// Rights that kernels newer than the headers of the build machine know (include/uapi/linux/landlock.h).
#define LINUX_LANDLOCK_FS_TRUNCATE (1ULL << 14)
#define LINUX_LANDLOCK_FS_IOCTL_DEV (1ULL << 15)
#define LINUX_LANDLOCK_NET_BIND_TCP (1ULL << 0)
#define LINUX_LANDLOCK_NET_CONNECT_TCP (1ULL << 1)
#define LINUX_LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET (1ULL << 0)
#define LINUX_LANDLOCK_SCOPE_SIGNAL (1ULL << 1)

// A descriptor that only names a file; the C library shows O_PATH under _GNU_SOURCE only.
#define LINUX_O_PATH 010000000

// The newest Landlock interface that the kernel offers. The system call is `landlock_create_ruleset`.
int linux_landlock_version(void);

// A ruleset's descriptor; `version` says which fields the kernel knows. The system call is
// `landlock_create_ruleset`.
int linux_landlock_create(int version, uint64_t files, uint64_t network, uint64_t scopes);

// Allows rights below a directory. The system call is `landlock_add_rule`.
int linux_landlock_allow_beneath(int ruleset, int directory, uint64_t rights);

// Allows TCP connections to a port. The system call is `landlock_add_rule`.
int linux_landlock_allow_connect(int ruleset, uint16_t port);

// Confines the calling thread. The system call is `landlock_restrict_self`.
int linux_landlock_restrict(int ruleset);

// The corresponding C function is `prctl` with PR_SET_NO_NEW_PRIVS.
int linux_no_new_privileges(void);

// The calling thread's capabilities as bit masks. The system calls are `capget` and `capset`; setting leaves
// nothing inheritable.
int linux_capabilities(uint64_t *permitted, uint64_t *effective);
int linux_set_capabilities(uint64_t permitted, uint64_t effective);

// The corresponding C function is `prctl` with PR_CAPBSET_DROP.
int linux_drop_bounding_capability(int capability);

// The corresponding C function is `prctl` with PR_CAP_AMBIENT_CLEAR_ALL.
int linux_clear_ambient_capabilities(void);

// Locks the thread so that user 0 means nothing special when it executes a program or changes its user. The
// corresponding C function is `prctl` with PR_SET_SECUREBITS.
int linux_lock_secure_bits(void);

// Processes that give up their rights, and what is said between them.

// The corresponding C function is `fork`, which Swift hides because of threads: call it while there is one alone.
int linux_fork(void);

// Lets the signals of a crash end the process, where a handler is set. The corresponding C function is `sigaction`.
void linux_leave_crashes_to_the_system(void);

// A descriptor of a process, which becomes readable when it ends; a signal through it reaches no other process that got
// its number. The system calls are `pidfd_open` and `pidfd_send_signal` (Linux 5.3), whose wrappers are newer than some
// C libraries in use.
int linux_process_descriptor(int process);
int linux_signal_process(int descriptor, int number);

// The signal that this process gets when its parent ends; 0 for none. The corresponding C function is `prctl` with
// PR_SET_PDEATHSIG. A change of the user takes it back.
int linux_signal_at_parents_end(int number);

// Gives up all supplementary groups, then the group, then the user, each for good. The corresponding C functions are
// `setgroups`, `setresgid` and `setresuid`.
int linux_become_user(uint32_t user, uint32_t group);

// Closes all descriptors but `count` of them, which are ascending. The system call is `close_range` (Linux 5.9), whose
// wrapper needs _GNU_SOURCE and is newer than some C libraries; without it they are closed one by one.
void linux_close_all_but(const int *kept, size_t count);

// Gives a process the lowest priority. The corresponding C function is `setpriority`.
int linux_lower_priority(int process);

// The device that a packet socket is bound to. <linux/if_packet.h> is kept out of this header, because Glibc's
// <netpacket/packet.h> declares the same.
struct linux_packet_device {
  // 0 for all devices, negative when it is gone.
  int32_t index;
  // Its kind of link, a number of <linux/if_arp.h>.
  uint16_t hardware;
  char name[16];
};

// The device of a packet socket. The corresponding C function is `getsockname`. Returns 0 or -1 with errno.
int linux_packet_device_of(int socket, struct linux_packet_device *device);

// Looks for a device of the same name in the network namespace of a packet socket: its index and its kind are filled in.
// The corresponding C function is `ioctl` with SIOCGIFINDEX and SIOCGIFHWADDR. Returns 0 or -1 with errno.
int linux_find_device(int socket, struct linux_packet_device *device);

// Binds a packet socket to a device, whose frames for other hosts are asked for when told. The corresponding C function
// is `bind`. Returns 0 or -1 with errno.
int linux_bind_device(int socket, const struct linux_packet_device *device, bool promiscuous);

// Sends one message of a SOCK_SEQPACKET socket, with a descriptor unless that is -1. It never waits for room and raises
// no signal. The corresponding C function is `sendmsg`.
ptrdiff_t linux_send_message(int socket, const void *bytes, size_t length, int descriptor);

// Receives one message without waiting: its length, which is more than `length` when it was cut or came with several
// descriptors, 0 at the end. What descriptor came with it, close-on-exec, or -1. The corresponding C function is `recvmsg`.
ptrdiff_t linux_receive_message(int socket, void *bytes, size_t length, int *descriptor);

#endif
