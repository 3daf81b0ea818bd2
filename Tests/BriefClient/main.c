// Clients that live for a moment, a swarm of them, and their server. In C because it must start fast: what is measured
// is whether somebody who is gone after less than a millisecond is still named.
//
//   BriefClient serve PORT                              prints "ready" when it answers
//   BriefClient KIND ADDRESS PORT TRUTH                 one client
//   BriefClient swarm COUNT ATONCE KIND ADDRESS PORT TRUTH   so many clients, each a program of its own
//
// KIND: tcp; udp, which exits at once; udp-linger, which keeps its socket for a millisecond; thread, a TCP client that
// connects in a second thread; fork, a TCP client in a child that runs no other program. Half of the UDP clients connect
// their socket before they send. Each client appends a line "FAMILY PORT PID TIME" to TRUTH: TIME is the last moment before
// it closed its socket, so that of several clients with one port each has its own time.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct end {
  struct sockaddr_storage address;
  socklen_t length;
};

static void die(const char *what) {
  perror(what);
  exit(1);
}

static struct end parse(const char *text, int port) {
  struct end end = {0};
  struct sockaddr_in *four = (struct sockaddr_in *)&end.address;
  struct sockaddr_in6 *six = (struct sockaddr_in6 *)&end.address;
  if (inet_pton(AF_INET, text, &four->sin_addr) == 1) {
    four->sin_family = AF_INET;
    four->sin_port = htons((uint16_t)port);
    end.length = sizeof *four;
  } else if (inet_pton(AF_INET6, text, &six->sin6_addr) == 1) {
    six->sin6_family = AF_INET6;
    six->sin6_port = htons((uint16_t)port);
    end.length = sizeof *six;
  } else {
    fprintf(stderr, "no address: %s\n", text);
    exit(2);
  }
  return end;
}

static int own_port(int descriptor) {
  struct sockaddr_storage own;
  socklen_t length = sizeof own;
  if (getsockname(descriptor, (struct sockaddr *)&own, &length) != 0) die("getsockname");
  return ntohs(((struct sockaddr_in *)&own)->sin_port);
}

/* The last moment at which the port was surely this client's. */
static char closing[64];

static void note_closing(void) {
  struct timespec now;
  struct tm parts;
  char second[32];
  clock_gettime(CLOCK_REALTIME, &now);
  gmtime_r(&now.tv_sec, &parts);
  strftime(second, sizeof second, "%Y-%m-%dT%H:%M:%S", &parts);
  snprintf(closing, sizeof closing, "%s.%09ldZ", second, now.tv_nsec);
}

static void tell(const char *truth, int family, int port) {
  char line[128];
  int length =
      snprintf(line, sizeof line, "%d %d %d %s\n", family == AF_INET ? 4 : 6, port, (int)getpid(), closing);
  int file = open(truth, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0 || write(file, line, (size_t)length) != length) die(truth);
  close(file);
}

static int tcp(struct end end) {
  int descriptor = socket(end.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(descriptor, (struct sockaddr *)&end.address, end.length) != 0) die("connect");
  int port = own_port(descriptor);
  char buffer[64];
  if (write(descriptor, "hello\n", 6) != 6 || read(descriptor, buffer, sizeof buffer) <= 0) die("talk");
  note_closing();
  close(descriptor);
  return port;
}

static int udp(struct end end, int lingers) {
  int descriptor = socket(end.address.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ssize_t sent;
  if (getpid() % 2) {
    if (connect(descriptor, (struct sockaddr *)&end.address, end.length) != 0) die("connect");
    sent = send(descriptor, "hello\n", 6, 0);
  } else {
    sent = sendto(descriptor, "hello\n", 6, 0, (struct sockaddr *)&end.address, end.length);
  }
  if (sent != 6) die("send");
  int port = own_port(descriptor);
  struct timespec millisecond = {.tv_nsec = 1000000};
  if (lingers) nanosleep(&millisecond, NULL);
  note_closing();
  close(descriptor);
  return port;
}

static struct end thread_end;
static int thread_port;

static void *in_thread(void *unused) {
  (void)unused;
  thread_port = tcp(thread_end);
  return NULL;
}

static int client(const char *kind, const char *address, int number, const char *truth) {
  struct end end = parse(address, number);
  int port;
  if (strcmp(kind, "tcp") == 0) {
    port = tcp(end);
  } else if (strcmp(kind, "udp") == 0 || strcmp(kind, "udp-linger") == 0) {
    port = udp(end, kind[3] != 0);
  } else if (strcmp(kind, "thread") == 0) {
    pthread_t thread;
    thread_end = end;
    if (pthread_create(&thread, NULL, in_thread, NULL) != 0) die("thread");
    pthread_join(thread, NULL);
    port = thread_port;
  } else if (strcmp(kind, "fork") == 0) {
    pid_t child = fork();
    if (child > 0) return waitpid(child, NULL, 0) == child ? 0 : 1;
    port = tcp(end);
  } else {
    fprintf(stderr, "no kind: %s\n", kind);
    return 2;
  }
  tell(truth, end.address.ss_family, port);
  return 0;
}

static int swarm(char **words) {
  int count = atoi(words[0]), most = atoi(words[1]), running = 0, status = 0, failed = 0;
  for (int started = 0; started < count || running > 0;) {
    if (started < count && running < most) {
      pid_t child = fork();
      if (child < 0) die("fork");
      if (child == 0) {
        char *arguments[] = {"/proc/self/exe", words[2], words[3], words[4], words[5], NULL};
        char path[4096] = {0};
        if (readlink("/proc/self/exe", path, sizeof path - 1) < 0) die("readlink");
        arguments[0] = path;
        execv(path, arguments);
        _exit(127);
      }
      started++;
      running++;
      continue;
    }
    if (wait(&status) > 0) {
      running--;
      if (status != 0) failed++;
    }
  }
  printf("%d failed\n", failed);
  return failed != 0;
}

static int serve(int port) {
  struct pollfd sockets[4];
  for (int index = 0; index < 4; index++) {
    struct end end = parse(index % 2 ? "::" : "0.0.0.0", port);
    int descriptor = socket(end.address.ss_family, (index < 2 ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC, 0), on = 1;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (index % 2) setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    if (bind(descriptor, (struct sockaddr *)&end.address, end.length) != 0) die("bind");
    if (index < 2 && listen(descriptor, 512) != 0) die("listen");
    sockets[index] = (struct pollfd){.fd = descriptor, .events = POLLIN};
  }
  printf("ready\n");
  fflush(stdout);
  char buffer[2048];
  while (poll(sockets, 4, -1) > 0) {
    for (int index = 0; index < 4; index++) {
      if (!sockets[index].revents) continue;
      if (index >= 2) {
        if (recv(sockets[index].fd, buffer, sizeof buffer, 0) < 0) die("recv");
        continue;
      }
      int peer = accept4(sockets[index].fd, NULL, NULL, SOCK_CLOEXEC);
      if (peer < 0) continue;
      if (read(peer, buffer, sizeof buffer) > 0 && write(peer, "hello\n", 6) < 0) perror("write");
      close(peer);
    }
  }
  return 1;
}

int main(int count, char **words) {
  signal(SIGPIPE, SIG_IGN);
  if (count == 3 && strcmp(words[1], "serve") == 0) return serve(atoi(words[2]));
  if (count == 8 && strcmp(words[1], "swarm") == 0) return swarm(words + 2);
  if (count == 5) return client(words[1], words[2], atoi(words[3]), words[4]);
  fprintf(stderr, "usage: see main.c\n");
  return 2;
}
