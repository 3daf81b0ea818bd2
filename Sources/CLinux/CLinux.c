#define _GNU_SOURCE
#include "CLinux.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/cn_proc.h>
#include <linux/connector.h>
#include <linux/filter.h>
#include <linux/if.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/magic.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <linux/netfilter_ipv4/ip_tables.h>
#include <linux/netfilter_ipv6/ip6_tables.h>
#include <linux/tcp.h>
#include <linux/securebits.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
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

struct linux_xtables_layout linux_xtables_layout(int is_ipv6) {
  struct linux_xtables_layout four = {
    .source = offsetof(struct ipt_entry, ip.src),
    .destination = offsetof(struct ipt_entry, ip.dst),
    .source_mask = offsetof(struct ipt_entry, ip.smsk),
    .destination_mask = offsetof(struct ipt_entry, ip.dmsk),
    .in_interface = offsetof(struct ipt_entry, ip.iniface),
    .out_interface = offsetof(struct ipt_entry, ip.outiface),
    .in_interface_mask = offsetof(struct ipt_entry, ip.iniface_mask),
    .out_interface_mask = offsetof(struct ipt_entry, ip.outiface_mask),
    .protocol = offsetof(struct ipt_entry, ip.proto),
    .flags = offsetof(struct ipt_entry, ip.flags),
    .inverse_flags = offsetof(struct ipt_entry, ip.invflags),
    .target_offset = offsetof(struct ipt_entry, target_offset),
    .next_offset = offsetof(struct ipt_entry, next_offset),
    .matches = offsetof(struct ipt_entry, elems),
    .extension_name = offsetof(struct xt_entry_match, u.user.name),
    .extension_revision = offsetof(struct xt_entry_match, u.user.revision),
    .extension_data = offsetof(struct xt_entry_match, data),
  };
  if (!is_ipv6) return four;
  struct linux_xtables_layout six = {
    .source = offsetof(struct ip6t_entry, ipv6.src),
    .destination = offsetof(struct ip6t_entry, ipv6.dst),
    .source_mask = offsetof(struct ip6t_entry, ipv6.smsk),
    .destination_mask = offsetof(struct ip6t_entry, ipv6.dmsk),
    .in_interface = offsetof(struct ip6t_entry, ipv6.iniface),
    .out_interface = offsetof(struct ip6t_entry, ipv6.outiface),
    .in_interface_mask = offsetof(struct ip6t_entry, ipv6.iniface_mask),
    .out_interface_mask = offsetof(struct ip6t_entry, ipv6.outiface_mask),
    .protocol = offsetof(struct ip6t_entry, ipv6.proto),
    .flags = offsetof(struct ip6t_entry, ipv6.flags),
    .inverse_flags = offsetof(struct ip6t_entry, ipv6.invflags),
    .target_offset = offsetof(struct ip6t_entry, target_offset),
    .next_offset = offsetof(struct ip6t_entry, next_offset),
    .matches = offsetof(struct ip6t_entry, elems),
    .extension_name = four.extension_name,
    .extension_revision = four.extension_revision,
    .extension_data = four.extension_data,
  };
  return six;
}

int linux_xtables_info(int socket, int is_ipv6, const char *table, struct linux_xtables_info *info) {
  // `struct ip6t_getinfo` has the same fields.
  struct ipt_getinfo answer = {0};
  socklen_t length = sizeof answer;
  strncpy(answer.name, table, sizeof answer.name - 1);
  int level = is_ipv6 ? IPPROTO_IPV6 : IPPROTO_IP;
  int option = is_ipv6 ? IP6T_SO_GET_INFO : IPT_SO_GET_INFO;
  if (getsockopt(socket, level, option, &answer, &length) != 0) return -1;
  info->valid_hooks = answer.valid_hooks;
  info->count = answer.num_entries;
  info->size = answer.size;
  memcpy(info->entry, answer.hook_entry, sizeof info->entry);
  return 0;
}

int linux_xtables_entries(int socket, int is_ipv6, const char *table, void *entries, uint32_t size) {
  // `struct ip6t_get_entries` has the same fields in front of its entries.
  size_t head = offsetof(struct ipt_get_entries, entrytable);
  socklen_t length = (socklen_t)(head + size);
  struct ipt_get_entries *request = calloc(1, length);
  if (!request) return -1;
  strncpy(request->name, table, sizeof request->name - 1);
  request->size = size;
  int level = is_ipv6 ? IPPROTO_IPV6 : IPPROTO_IP;
  int option = is_ipv6 ? IP6T_SO_GET_ENTRIES : IPT_SO_GET_ENTRIES;
  int result = getsockopt(socket, level, option, request, &length);
  if (result == 0) memcpy(entries, (char *)request + head, size);
  free(request);
  return result;
}

ptrdiff_t linux_find(const void *text, size_t length, size_t start, const void *part, size_t part_length) {
  const char *found = memmem((const char *)text + start, length - start, part, part_length);
  return found ? found - (const char *)text : -1;
}

// Only what may concern us shall wake this process: the rest of a busy host's reports is dropped by the kernel.
static int attach(int socket, struct sock_filter *code, unsigned short length) {
  struct sock_fprog program = {.len = length, .filter = code};
  return setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

static int join(int socket, uint32_t groups) {
  struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = groups};
  return bind(socket, (const struct sockaddr *)&address, sizeof address);
}

int linux_hear_ended_sockets(int socket, uint16_t port) {
  struct sock_filter code[] = {
    BPF_STMT(BPF_LD | BPF_H | BPF_ABS, NLMSG_HDRLEN + offsetof(struct inet_diag_msg, id.idiag_sport)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, port, 2, 0),
    BPF_STMT(BPF_LD | BPF_H | BPF_ABS, NLMSG_HDRLEN + offsetof(struct inet_diag_msg, id.idiag_dport)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, port, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
    BPF_STMT(BPF_RET | BPF_K, 0),
  };
  if (attach(socket, code, sizeof code / sizeof *code) != 0) return -1;
  return join(socket, 1U << (SKNLGRP_INET_TCP_DESTROY - 1) | 1U << (SKNLGRP_INET_UDP_DESTROY - 1) |
                        1U << (SKNLGRP_INET6_TCP_DESTROY - 1) | 1U << (SKNLGRP_INET6_UDP_DESTROY - 1));
}

#define PROCESS_EVENTS (PROC_EVENT_FORK | PROC_EVENT_EXEC | PROC_EVENT_COMM | PROC_EVENT_EXIT)

int linux_hear_processes(int socket, uint32_t number) {
  // Zero is the acknowledgement. A comparison sees the kind in network order.
  struct sock_filter code[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, NLMSG_HDRLEN + sizeof(struct cn_msg) + offsetof(struct proc_event, what)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, htonl((uint32_t)PROCESS_EVENTS), 0, 1),
    BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
    BPF_STMT(BPF_RET | BPF_K, 0),
  };
  if (attach(socket, code, sizeof code / sizeof *code) != 0 || join(socket, CN_IDX_PROC) != 0) return -1;
  // Kernels since 6.6 take a second number, the wanted events (`struct proc_input`, which older headers do not have),
  // and older ones pass such a message over: they are told first without it.
  for (size_t fields = 1; fields <= 2; fields++) {
    const uint32_t request[2] = {PROC_CN_MCAST_LISTEN, (uint32_t)PROCESS_EVENTS};
    const struct cn_msg connector = {
      .id = {CN_IDX_PROC, CN_VAL_PROC}, .ack = number, .len = (uint16_t)(fields * sizeof *request)};
    const struct nlmsghdr head = {
      .nlmsg_len = (uint32_t)(NLMSG_HDRLEN + sizeof connector + connector.len), .nlmsg_type = NLMSG_DONE};
    char message[NLMSG_HDRLEN + sizeof connector + sizeof request];
    memcpy(message, &head, sizeof head);
    memcpy(message + NLMSG_HDRLEN, &connector, sizeof connector);
    memcpy(message + NLMSG_HDRLEN + sizeof connector, request, sizeof request);
    if (send(socket, message, head.nlmsg_len, 0) < 0) return -1;
  }
  return 0;
}

bool linux_read_process_report(const void *bytes, size_t length, struct linux_process_report *report) {
  struct cn_msg connector;
  // Later kernels may tell more or less of an event than these headers know.
  struct proc_event event = {0};
  const size_t start = NLMSG_HDRLEN + sizeof connector;
  const size_t least = offsetof(struct proc_event, event_data) + 2 * sizeof(int32_t);
  if (length < start + least) return false;
  memcpy(&connector, (const char *)bytes + NLMSG_HDRLEN, sizeof connector);
  if (connector.id.idx != CN_IDX_PROC || connector.id.val != CN_VAL_PROC) return false;
  size_t rest = length - start;
  memcpy(&event, (const char *)bytes + start, rest < sizeof event ? rest : sizeof event);
  memset(report, 0, sizeof *report);
  // The kernel counts its own messages; it answers to the number of a request by the next one.
  report->number = connector.ack - 1;
  switch ((uint32_t)event.what) {
  case PROC_EVENT_NONE:
    report->kind = LINUX_PROCESS_ACKNOWLEDGED;
    report->failure = event.event_data.ack.err;
    return true;
  case PROC_EVENT_FORK:
    report->kind = LINUX_PROCESS_FORKED;
    report->process = event.event_data.fork.child_tgid;
    report->parent = event.event_data.fork.parent_tgid;
    return true;
  case PROC_EVENT_EXEC:
    report->kind = LINUX_PROCESS_EXECUTED;
    report->process = event.event_data.exec.process_tgid;
    return true;
  case PROC_EVENT_COMM:
    report->kind = LINUX_PROCESS_RENAMED;
    report->process = event.event_data.comm.process_tgid;
    return true;
  case (uint32_t)PROC_EVENT_EXIT:
    report->kind = LINUX_PROCESS_ENDED;
    report->process = event.event_data.exit.process_tgid;
    return true;
  default: return false;
  }
}

ptrdiff_t linux_directory_entries(int descriptor, void *buffer, size_t length) {
  return getdents64(descriptor, buffer, length);
}

int linux_mount(const char *kind) {
  int context = (int)syscall(SYS_fsopen, kind, FSOPEN_CLOEXEC);
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

int linux_fork(void) { return fork(); }

void linux_leave_crashes_to_the_system(void) {
  const int numbers[] = {SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP};
  for (size_t index = 0; index < sizeof numbers / sizeof *numbers; index++) {
    struct sigaction now;
    // What the caller ignores stays ignored.
    if (sigaction(numbers[index], NULL, &now) == 0 && now.sa_handler != SIG_IGN) signal(numbers[index], SIG_DFL);
  }
}

int linux_process_descriptor(int process) { return (int)syscall(SYS_pidfd_open, process, 0); }

int linux_signal_process(int descriptor, int number) {
  return (int)syscall(SYS_pidfd_send_signal, descriptor, number, NULL, 0);
}

int linux_signal_at_parents_end(int number) { return prctl(PR_SET_PDEATHSIG, (long)number, 0L, 0L, 0L); }

int linux_become_user(uint32_t user, uint32_t group) {
  if (setgroups(0, NULL) != 0) return -1;
  if (setresgid(group, group, group) != 0) return -1;
  return setresuid(user, user, user);
}

static void close_between(unsigned first, unsigned last) {
  if (first > last || syscall(SYS_close_range, first, last, 0) == 0) return;
  long most = sysconf(_SC_OPEN_MAX);
  for (unsigned number = first; number <= last && (most < 0 || number < (unsigned)most); number++) close((int)number);
}

void linux_close_all_but(const int *kept, size_t count) {
  unsigned first = 0;
  for (size_t index = 0; index < count; index++) {
    unsigned number = (unsigned)kept[index];
    if (number > first) close_between(first, number - 1);
    first = number + 1;
  }
  close_between(first, ~0U);
}

ptrdiff_t linux_send_message(int socket, const void *bytes, size_t length, int descriptor) {
  struct iovec part = {.iov_base = (void *)bytes, .iov_len = length};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  union {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr alignment;
  } control = {{0}};
  if (descriptor >= 0) {
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(head), &descriptor, sizeof descriptor);
  }
  ssize_t sent;
  do sent = sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent;
}

ptrdiff_t linux_receive_message(int socket, void *bytes, size_t length, int *descriptor) {
  struct iovec part = {.iov_base = bytes, .iov_len = length};
  union {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr alignment;
  } control;
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  *descriptor = -1;
  ssize_t count;
  do count = recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC | MSG_TRUNC);
  while (count < 0 && errno == EINTR);
  if (count < 0) return count;
  // The space that alignment leaves behind one descriptor has room for a second one, which the kernel fills: every one that
  // came is ours to close.
  size_t came = 0;
  for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head)) {
    if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS || head->cmsg_len < CMSG_LEN(0)) continue;
    size_t here = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t index = 0; index < here; index++, came++) {
      int passed;
      memcpy(&passed, CMSG_DATA(head) + index * sizeof passed, sizeof passed);
      if (came == 0) *descriptor = passed;
      else close(passed);
    }
  }
  if (came == 0 || (came == 1 && !(message.msg_flags & MSG_CTRUNC))) return count;
  close(*descriptor);
  *descriptor = -1;
  return (ptrdiff_t)length + 1;
}

int linux_packet_device_of(int socket, struct linux_packet_device *device) {
  struct sockaddr_ll address;
  socklen_t length = sizeof address;
  if (getsockname(socket, (struct sockaddr *)&address, &length) != 0) return -1;
  if (address.sll_family != AF_PACKET) {
    errno = EAFNOSUPPORT;
    return -1;
  }
  device->index = address.sll_ifindex;
  device->hardware = address.sll_hatype;
  if (device->index <= 0) return 0;
  return linux_interface_name(socket, (uint32_t)device->index, device->name);
}

int linux_find_device(int socket, struct linux_packet_device *device) {
  struct ifreq request = {0};
  memcpy(request.ifr_name, device->name, sizeof device->name);
  request.ifr_name[sizeof request.ifr_name - 1] = 0;
  if (ioctl(socket, SIOCGIFINDEX, &request) != 0) return -1;
  int index = request.ifr_ifindex;
  if (ioctl(socket, SIOCGIFHWADDR, &request) != 0) return -1;
  device->index = index;
  device->hardware = request.ifr_hwaddr.sa_family;
  return 0;
}

int linux_bind_device(int socket, const struct linux_packet_device *device, bool promiscuous) {
  const struct sockaddr_ll address = {
    .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = device->index};
  if (bind(socket, (const struct sockaddr *)&address, sizeof address) != 0) return -1;
  const struct packet_mreq membership = {.mr_ifindex = device->index, .mr_type = PACKET_MR_PROMISC};
  // A device that knows no such thing shows what it has.
  if (promiscuous) setsockopt(socket, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &membership, sizeof membership);
  return 0;
}

int linux_lower_priority(int process) { return setpriority(PRIO_PROCESS, (id_t)process, 19); }
