extension Stage {
  /// What every script may use: sockets on the port, children that end with their parent, and the word that all is
  /// made.
  static let prelude = #"""
    import ctypes, fcntl, json, os, signal, socket, struct, sys, threading, time
    from socket import AF_INET, AF_INET6, AF_UNIX, SOCK_DGRAM, SOCK_STREAM, SOL_SOCKET
    PORT = 3699
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(1, signal.SIGKILL)
    with socket.socket(AF_INET, SOCK_DGRAM) as s:
      fcntl.ioctl(s, 0x8914, struct.pack("16sh14x", b"lo", 0x41))
    def number(s): return os.fstat(s if isinstance(s, int) else s.fileno()).st_ino
    def listener(address="127.0.0.1", family=AF_INET, port=PORT, kind=SOCK_STREAM, share=False, options=()):
      s = socket.socket(family, kind)
      if kind == SOCK_STREAM: s.setsockopt(SOL_SOCKET, socket.SO_REUSEADDR, 1)
      if share: s.setsockopt(SOL_SOCKET, socket.SO_REUSEPORT, 1)
      for level, name, value in options: s.setsockopt(level, name, value)
      s.bind((address, port))
      if kind == SOCK_STREAM: s.listen(16)
      return s
    def datagrams(address="127.0.0.1", family=AF_INET, **more): return listener(address, family, kind=SOCK_DGRAM, **more)
    def connected(address="127.0.0.1", family=AF_INET, port=PORT, kind=SOCK_STREAM):
      s = socket.socket(family, kind)
      s.connect((address, port))
      return s
    def multipath(listens=True):
      """A socket of Multipath TCP on loopback: a listener, or connected to it."""
      try: s = socket.socket(AF_INET, SOCK_STREAM, 262)
      except OSError: ready(skip="no Multipath TCP")
      if listens: s.setsockopt(SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", PORT)); s.listen(16)
      else: s.connect(("127.0.0.1", PORT))
      return s
    def child(work):
      """A child that does `work`, says so, and waits for its end."""
      reading, writing = os.pipe()
      pid = os.fork()
      if pid == 0:
        libc.prctl(1, signal.SIGKILL)
        os.close(reading)
        told = work()
        os.write(writing, json.dumps(told).encode())
        os.close(writing)
        while True: signal.pause()
      os.close(writing)
      told = os.read(reading, 65536)
      os.close(reading)
      return pid, json.loads(told or b"null")
    def exec_child(words, environment=None, before=None, files=()):
      """A child that becomes another program and keeps `files`."""
      reading, writing = os.pipe()
      pid = os.fork()
      if pid == 0:
        libc.prctl(1, signal.SIGKILL)
        for s in files: os.set_inheritable(s.fileno(), True)
        if before: before()
        os.execve(words[0], words, environment or dict(os.environ))
      os.close(writing)
      os.read(reading, 1)
      os.close(reading)
      return pid
    def state(wanted, count=1):
      """Waits until so many sockets of a state are on the port."""
      numbers = {"ESTAB": 1, "SYN-SENT": 2, "SYN-RECV": 3, "FIN-WAIT-1": 4, "FIN-WAIT-2": 5, "TIME-WAIT": 6, "CLOSE-WAIT": 8, "LAST-ACK": 9}
      end = time.monotonic() + 10
      while time.monotonic() < end:
        seen = 0
        for line in open("/proc/self/net/tcp").readlines()[1:]:
          fields = line.split()
          ports = {int(fields[1].split(":")[1], 16), int(fields[2].split(":")[1], 16)}
          if PORT in ports and int(fields[3], 16) == numbers[wanted]: seen += 1
        if seen >= count: return
        time.sleep(0.005)
      raise SystemExit(f"no {wanted}")
    def ready(holders=None, **facts):
      """Says that the situation stands: inode -> pid -> descriptors."""
      facts["holders"] = [[inode, [[pid, sorted(numbers)] for pid, numbers in who.items()]] for inode, who in (holders or {}).items()]
      print("{ready" + json.dumps(facts) + "ready}", flush=True)
      while True: signal.pause()
    me = os.getpid()
    def own(*sockets): return {number(s): {me: [s.fileno()]} for s in sockets}
    """#
}
