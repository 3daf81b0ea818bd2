#define _GNU_SOURCE
#include "CLinux.h"

#include <dirent.h>
#include <fcntl.h>
#include <errno.h>
#include <linux/cn_proc.h>
#include <linux/connector.h>
#include <linux/magic.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <linux/tcp.h>
#include <linux/securebits.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

struct linux_tcp_info_offsets linux_tcp_info_offsets(void) {
  struct linux_tcp_info_offsets offsets = {
    .round_trip = offsetof(struct tcp_info, tcpi_rtt),
    .bytes_acknowledged = offsetof(struct tcp_info, tcpi_bytes_acked),
    .bytes_received = offsetof(struct tcp_info, tcpi_bytes_received),
    .last_data_sent = offsetof(struct tcp_info, tcpi_last_data_sent),
    .last_data_received = offsetof(struct tcp_info, tcpi_last_data_recv),
  };
  return offsets;
}

int linux_enter_network_namespace(int descriptor) { return setns(descriptor, CLONE_NEWNET); }

int linux_open_in_root(int directory, const char *path, int flags) {
  struct open_how how = {
    .flags = (unsigned)flags | O_CLOEXEC,
    .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS,
  };
  return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}

int linux_interface_name(int socket, uint32_t index, char *name) {
  struct ifreq request = {.ifr_ifindex = (int)index};
  if (ioctl(socket, SIOCGIFNAME, &request) != 0) return -1;
  memcpy(name, request.ifr_name, LINUX_INTERFACE_NAME);
  return 0;
}

ptrdiff_t linux_find(const void *text, size_t length, size_t start, const void *part, size_t part_length) {
  const char *found = memmem((const char *)text + start, length - start, part, part_length);
  return found ? found - (const char *)text : -1;
}

ptrdiff_t linux_directory_entries(int descriptor, void *buffer, size_t length) {
  return getdents64(descriptor, buffer, length);
}

int linux_mount_tracefs(void) {
  int context = (int)syscall(SYS_fsopen, "tracefs", FSOPEN_CLOEXEC);
  if (context < 0) return -1;
  int mount = -1;
  if (syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0) == 0)
    mount = (int)syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC);
  int failure = errno;
  close(context);
  errno = failure;
  return mount;
}

int linux_is_tracefs(int descriptor) {
  struct statfs status;
  return fstatfs(descriptor, &status) == 0 && status.f_type == TRACEFS_MAGIC;
}

// Asks the proc connector for its events, or to end them.
static int ask_for_process_events(int socket, enum proc_cn_mcast_op operation) {
  // nlmsghdr, cn_msg, operation: nothing is padded between them.
  struct nlmsghdr header = {
    .nlmsg_len = NLMSG_LENGTH(sizeof(struct cn_msg) + sizeof operation), .nlmsg_type = NLMSG_DONE};
  struct cn_msg message = {.id = {.idx = CN_IDX_PROC, .val = CN_VAL_PROC}, .len = sizeof operation};
  struct iovec parts[] = {
    {&header, sizeof header}, {&message, sizeof message}, {&operation, sizeof operation}};
  return writev(socket, parts, 3) < 0 ? -1 : 0;
}

int linux_hears_process_events(void) {
  int connector = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_CONNECTOR);
  if (connector < 0) return 0;
  struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = CN_IDX_PROC};
  struct pollfd answer = {.fd = connector, .events = POLLIN};
  int hears = bind(connector, (struct sockaddr *)&address, sizeof address) == 0
    && ask_for_process_events(connector, PROC_CN_MCAST_LISTEN) == 0 && poll(&answer, 1, 200) == 1
    && (answer.revents & POLLIN);
  if (hears) ask_for_process_events(connector, PROC_CN_MCAST_IGNORE);
  close(connector);
  return hears;
}

int linux_landlock_version(void) {
  return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

int linux_landlock_create(int version, uint64_t files, uint64_t network, uint64_t scopes) {
  // The kernel takes a shorter structure from older programs; the installed header may know only its first field.
  uint64_t attributes[3] = {files, network, scopes};
  size_t fields = version >= 6 ? 3 : version >= 4 ? 2 : 1;
  return (int)syscall(SYS_landlock_create_ruleset, attributes, fields * sizeof(uint64_t), 0);
}

int linux_landlock_allow_beneath(int ruleset, int directory, uint64_t rights) {
  struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = directory};
  return (int)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

int linux_landlock_allow_connect(int ruleset, uint16_t port) {
  // `struct landlock_net_port_attr` and LANDLOCK_RULE_NET_PORT, which older headers do not have.
  uint64_t rule[2] = {LINUX_LANDLOCK_NET_CONNECT_TCP, port};
  return (int)syscall(SYS_landlock_add_rule, ruleset, 2, rule, 0);
}

int linux_landlock_restrict(int ruleset) {
  return (int)syscall(SYS_landlock_restrict_self, ruleset, 0);
}

int linux_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L); }

int linux_capabilities(uint64_t *permitted, uint64_t *effective) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {{0}};
  if (syscall(SYS_capget, &header, data) != 0) return -1;
  *permitted = data[0].permitted | (uint64_t)data[1].permitted << 32;
  *effective = data[0].effective | (uint64_t)data[1].effective << 32;
  return 0;
}

int linux_set_capabilities(uint64_t permitted, uint64_t effective) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {
    {.permitted = (uint32_t)permitted, .effective = (uint32_t)effective},
    {.permitted = (uint32_t)(permitted >> 32), .effective = (uint32_t)(effective >> 32)},
  };
  return (int)syscall(SYS_capset, &header, data);
}

int linux_drop_bounding_capability(int capability) {
  return prctl(PR_CAPBSET_DROP, (long)capability, 0L, 0L, 0L);
}

int linux_clear_ambient_capabilities(void) {
  return prctl(PR_CAP_AMBIENT, (long)PR_CAP_AMBIENT_CLEAR_ALL, 0L, 0L, 0L);
}

int linux_lock_secure_bits(void) {
  return prctl(PR_SET_SECUREBITS, (long)(SECURE_ALL_BITS & ~SECBIT_KEEP_CAPS) | SECURE_ALL_LOCKS, 0L, 0L, 0L);
}
