// Frames at the rate that a test wants, from a packet socket on one interface of a namespace that the test made.
//
//   FloodGenerator INTERFACE KIND TARGET COUNT RATE [SIZE]
//
// KIND: syn, a SYN of another spoofed source each (10.0.0.0/8, one option); ports, a SYN of 192.0.2.1 from another port
// each; flow, one TCP connection of 192.0.2.1 whose client sends SIZE bytes of payload a segment; udp, one UDP flow of
// SIZE bytes a datagram. TARGET: an IPv4 address, reached on port 3699. RATE: frames a second, 0 for as many as go.
// Prints how many frames the kernel took, and in how many milliseconds.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { port = 3699, batch = 64, longest = 1514, header = 14 + 20 };

static void die(const char *what) {
  perror(what);
  exit(1);
}

static uint16_t folded(uint32_t sum) {
  while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
  return (uint16_t)~sum;
}

static uint32_t summed(const unsigned char *bytes, size_t count, uint32_t sum) {
  for (size_t index = 0; index < count; index += 2)
    sum += (uint32_t)bytes[index] << 8 | (index + 1 < count ? bytes[index + 1] : 0);
  return sum;
}

// Fills in a frame around the transport bytes that lie behind the headers already.
static size_t finish(unsigned char *frame, uint32_t source, uint32_t target, int protocol,
                     size_t length, size_t checksum, unsigned number) {
  static const unsigned char link[14] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 1, 8};
  memcpy(frame, link, sizeof link);
  struct iphdr ip = {.version = 4, .ihl = 5, .ttl = 64, .protocol = (unsigned char)protocol};
  ip.tot_len = htons((uint16_t)(20 + length));
  ip.id = htons((uint16_t)(number % 65535 + 1));
  ip.saddr = htonl(source);
  ip.daddr = htonl(target);
  memcpy(frame + 14, &ip, sizeof ip);
  ip.check = htons(folded(summed(frame + 14, 20, 0)));
  memcpy(frame + 14, &ip, sizeof ip);
  uint32_t pseudo = (source >> 16) + (source & 0xffff) + (target >> 16) + (target & 0xffff) +
                    (uint32_t)protocol + (uint32_t)length;
  uint16_t sum = htons(folded(summed(frame + header, length, pseudo)));
  memcpy(frame + header + checksum, &sum, sizeof sum);
  return header + length;
}

static size_t segment(unsigned char *frame, uint32_t source, uint16_t from, uint32_t target,
                      uint32_t sequence, uint32_t answer, int flags, size_t size, unsigned number) {
  struct tcphdr tcp = {.source = htons(from), .dest = htons(port)};
  size_t options = flags == TH_SYN ? 4 : 0;
  tcp.seq = htonl(sequence);
  tcp.ack_seq = htonl(answer);
  tcp.doff = (unsigned short)(5 + options / 4) & 0xf;
  tcp.window = htons(64000);
  memcpy(frame + header, &tcp, sizeof tcp);
  frame[header + 13] = (unsigned char)flags;
  static const unsigned char most[4] = {2, 4, 5, 0xb4};
  memcpy(frame + header + 20, most, options);
  memset(frame + header + 20 + options, 'x', size);
  return finish(frame, source, target, IPPROTO_TCP, 20 + options + size, 16, number);
}

static size_t datagram(unsigned char *frame, uint32_t source, uint32_t target, size_t size,
                       unsigned number) {
  struct udphdr udp = {.source = htons(40000), .dest = htons(port)};
  udp.len = htons((uint16_t)(8 + size));
  memcpy(frame + header, &udp, sizeof udp);
  memset(frame + header + 8, 'x', size);
  return finish(frame, source, target, IPPROTO_UDP, 8 + size, 6, number);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int count, char **words) {
  if (count < 6) return 2;
  const char *kind = words[2];
  uint32_t target = ntohl(inet_addr(words[3]));
  unsigned long frames = strtoul(words[4], 0, 10), rate = strtoul(words[5], 0, 10), taken = 0;
  size_t size = count > 6 ? strtoul(words[6], 0, 10) : 64;
  if (size > longest - header - 24) return 2;
  int descriptor = socket(AF_PACKET, SOCK_RAW, 0);
  if (descriptor < 0) die("socket");
  struct sockaddr_ll here = {.sll_family = AF_PACKET, .sll_ifindex = (int)if_nametoindex(words[1])};
  if (bind(descriptor, (struct sockaddr *)&here, sizeof here) < 0) die(words[1]);
  static unsigned char bytes[batch][longest];
  struct iovec parts[batch];
  struct mmsghdr messages[batch];
  memset(messages, 0, sizeof messages);
  for (int index = 0; index < batch; index++) {
    parts[index].iov_base = bytes[index];
    messages[index].msg_hdr.msg_iov = &parts[index];
    messages[index].msg_hdr.msg_iovlen = 1;
  }
  uint32_t client = 0xc0000201;
  double begin = now();
  for (unsigned long sent = 0; sent < frames;) {
    // A burst of five milliseconds at most, so that a rate is a rate.
    unsigned long burst = rate ? rate / 200 + 1 : batch;
    int some = 0;
    for (; some < batch && (unsigned long)some < burst && sent + (unsigned long)some < frames;
         some++) {
      unsigned number = (unsigned)(sent + (unsigned long)some);
      unsigned char *frame = bytes[some];
      if (!strcmp(kind, "syn"))
        parts[some].iov_len =
            segment(frame, 0x0a000000 | (number * 2654435761u >> 8), (uint16_t)(1024 + number % 60000),
                    target, number * 2246822519u, 0, TH_SYN, 0, number);
      else if (!strcmp(kind, "ports"))
        parts[some].iov_len = segment(frame, client, (uint16_t)(number % 65535 + 1), target,
                                      number * 2246822519u, 0, TH_SYN, 0, number);
      else if (!strcmp(kind, "flow"))
        parts[some].iov_len =
            number == 0 ? segment(frame, client, 40000, target, 1, 0, TH_SYN, 0, 0)
                        : segment(frame, client, 40000, target, 2 + (number - 1) * (uint32_t)size, 1,
                                  TH_ACK | TH_PUSH, size, number);
      else
        parts[some].iov_len = datagram(frame, client, target, size, number);
    }
    for (int done = 0; done < some;) {
      int step = sendmmsg(descriptor, messages + done, (unsigned)(some - done), 0);
      if (step < 0 && errno != ENOBUFS && errno != EINTR && errno != EAGAIN) die("sendmmsg");
      if (step > 0) done += step, taken += (unsigned long)step;
    }
    sent += (unsigned long)some;
    if (rate) {
      double wait = (double)sent / (double)rate - (now() - begin);
      if (wait > 0) usleep((useconds_t)(wait * 1e6));
    }
  }
  printf("sent %lu in %.0f ms\n", taken, (now() - begin) * 1000);
  return 0;
}
