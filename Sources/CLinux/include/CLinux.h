// Kernel interfaces that Swift's Glibc module does not show: their structures and constants come from the kernel's
// own headers, none is retyped. Each function below exists because a macro can't be imported.
#ifndef ICWSCAN_CLINUX_H
#define ICWSCAN_CLINUX_H

#include <linux/inet_diag.h>
#include <linux/landlock.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/signalfd.h>

#endif
