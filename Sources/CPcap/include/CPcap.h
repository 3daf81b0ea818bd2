// libpcap, loaded when something is captured, filtered or read, and not before: most of what it brings along (D-Bus,
// InfiniBand, systemd) is of no use here, and `owner` needs none of it. The functions of <pcap/pcap.h> that are used here
// have the same names and the same meaning; those that begin something fail when the library can't be loaded.
#ifndef ICWSCAN_CPCAP_H
#define ICWSCAN_CPCAP_H

#include <pcap/pcap.h>

// Loads the library unless it is there already. 0 when it can't be; everything below then fails. For use by any thread.
int cpcap_load(void);

// Gives a packet socket a program that the kernel alone can run, for it asks about more than a frame's bytes: pcap_setfilter
// would run it over the first frames itself, and have none of them pass. 0, or -1 with errno. See SO_ATTACH_FILTER, socket(7).
int cpcap_attach(int socket, const struct bpf_program *program);

#endif
