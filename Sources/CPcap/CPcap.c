#include "CPcap.h"

#include "CLoader.h"

// With which something begins, or which an end calls whatever began: result, name, parameters, arguments, and the result
// without a library.
#define BEGINNINGS(_) \
  _(pcap_t *, pcap_create, (const char *device, char *error), (device, error), NULL) \
  _(pcap_t *, pcap_open_dead, (int link_type, int length), (link_type, length), NULL) \
  _(pcap_t *, pcap_fopen_offline_with_tstamp_precision, (FILE *file, u_int precision, char *error), (file, precision, error), NULL) \
  _(int, pcap_findalldevs, (pcap_if_t **devices, char *error), (devices, error), PCAP_ERROR) \
  _(const char *, pcap_lib_version, (void), (), NULL) \
  _(void, pcap_freecode, (struct bpf_program *program), (program), (void)0) \
  _(u_int, bpf_filter, (const struct bpf_insn *program, const u_char *bytes, u_int length, u_int kept), \
    (program, bytes, length, kept), 0) \
  _(char *, bpf_image, (const struct bpf_insn *instruction, int number), (instruction, number), NULL)

// What takes what those gave.
#define OTHERS(_) \
  _(int, pcap_activate, (pcap_t *capture), (capture)) \
  _(void, pcap_close, (pcap_t *capture), (capture)) \
  _(int, pcap_compile, (pcap_t *capture, struct bpf_program *program, const char *text, int optimize, bpf_u_int32 mask), \
    (capture, program, text, optimize, mask)) \
  _(int, pcap_datalink, (pcap_t *capture), (capture)) \
  _(void, pcap_dump_close, (pcap_dumper_t *dump), (dump)) \
  _(pcap_dumper_t *, pcap_dump_fopen, (pcap_t *capture, FILE *file), (capture, file)) \
  _(void, pcap_freealldevs, (pcap_if_t *devices), (devices)) \
  _(int, pcap_get_selectable_fd, (pcap_t *capture), (capture)) \
  _(int, pcap_get_tstamp_precision, (pcap_t *capture), (capture)) \
  _(char *, pcap_geterr, (pcap_t *capture), (capture)) \
  _(int, pcap_next_ex, (pcap_t *capture, struct pcap_pkthdr **header, const u_char **bytes), (capture, header, bytes)) \
  _(int, pcap_set_buffer_size, (pcap_t *capture, int value), (capture, value)) \
  _(int, pcap_set_datalink, (pcap_t *capture, int value), (capture, value)) \
  _(int, pcap_set_immediate_mode, (pcap_t *capture, int value), (capture, value)) \
  _(int, pcap_set_promisc, (pcap_t *capture, int value), (capture, value)) \
  _(int, pcap_set_snaplen, (pcap_t *capture, int value), (capture, value)) \
  _(int, pcap_set_timeout, (pcap_t *capture, int value), (capture, value)) \
  _(int, pcap_set_tstamp_precision, (pcap_t *capture, int value), (capture, value)) \
  _(int, pcap_setdirection, (pcap_t *capture, pcap_direction_t direction), (capture, direction)) \
  _(int, pcap_setfilter, (pcap_t *capture, struct bpf_program *program), (capture, program)) \
  _(int, pcap_setnonblock, (pcap_t *capture, int value, char *error), (capture, value, error)) \
  _(int, pcap_snapshot, (pcap_t *capture), (capture)) \
  _(int, pcap_stats, (pcap_t *capture, struct pcap_stat *result), (capture, result)) \
  _(const char *, pcap_statustostr, (int status), (status))

#define ALL(_) BEGINNINGS(_) OTHERS(_)
// Debian kept the name of a version that is long gone; others have the library's own.
CLOADER(cpcap_load, ALL, "libpcap.so.0.8", "libpcap.so.1")

#define BEGIN(result, name, parameters, arguments, failure) \
  result name parameters { return cpcap_load() ? library.name arguments : failure; }
BEGINNINGS(BEGIN)

// What they take can come from elsewhere: a test calls more of the library than is here.
#define PASS_ON(result, name, parameters, arguments) \
  result name parameters { return cpcap_load(), library.name arguments; }
OTHERS(PASS_ON)
