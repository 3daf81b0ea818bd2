extension Situation {
  /// Every way to hold a socket.
  static let holders = [
    Situation(
      name: "workers that inherited one listener",
      script: """
        s = listener(); pids = [child(lambda: None)[0] for _ in range(3)]
        ready({number(s): {pid: [s.fileno()] for pid in [me] + pids}}, inherited=pids)
        """),
    Situation(
      name: "workers with a listener each (SO_REUSEPORT)",
      script: """
        def work():
          global s
          s = listener(share=True); return [number(s), s.fileno()]
        all = [child(work) for _ in range(3)]
        ready({inode: {pid: [descriptor]} for pid, (inode, descriptor) in all}, inherited=[])
        """),
    Situation(
      name: "several descriptors of one socket",
      script: """
        s = listener(); d = os.dup(s.fileno()); e = fcntl.fcntl(s.fileno(), fcntl.F_DUPFD, 200)
        ready({number(s): {me: [s.fileno(), d, e]}})
        """),
    Situation(
      name: "a listener that only a child still holds",
      script: """
        s = listener(); inode = number(s); descriptor = s.fileno(); pid, _ = child(lambda: None)
        s.close(); ready({inode: {pid: [descriptor]}}, inherited=[])
        """),
    Situation(
      name: "a descriptor that was passed over a Unix socket",
      script: """
        here, there = socket.socketpair()
        def work():
          global files
          files = socket.recv_fds(there, 9, 9)[1]; return None
        reading, writing = os.pipe(); pid = os.fork()
        if pid == 0:
          files = socket.recv_fds(there, 9, 9)[1]; os.write(writing, bytes(files)); signal.pause()
        s = listener(); inode = number(s); socket.send_fds(here, [b"x"], [s.fileno()])
        descriptor = os.read(reading, 1)[0]; s.close()
        ready({inode: {pid: [descriptor]}}, inherited=[])
        """),
    Situation(
      name: "a descriptor that its sender keeps",
      script: """
        here, there = socket.socketpair(); reading, writing = os.pipe(); pid = os.fork()
        if pid == 0:
          files = socket.recv_fds(there, 9, 9)[1]; os.write(writing, bytes(files)); signal.pause()
        s = listener(); socket.send_fds(here, [b"x"], [s.fileno()])
        descriptor = os.read(reading, 1)[0]
        ready({number(s): {me: [s.fileno()], pid: [descriptor]}})
        """),
    Situation(
      name: "a program that was started with the listener",
      script: """
        s = listener(); inode = number(s); descriptor = s.fileno()
        pid = exec_child(["/bin/sleep", "600"], files=[s]); s.close()
        ready({inode: {pid: [descriptor]}})
        """),
    Situation(
      name: "a thread with a table of descriptors of its own",
      script: """
        told = []
        def work():
          libc.unshare(0x400)
          global s
          s = listener(); told.append((number(s), s.fileno())); signal.pause()
        threading.Thread(target=work, daemon=True).start()
        while not told: time.sleep(0.005)
        inode, descriptor = told[0]
        ready({inode: {me: [descriptor]}})
        """, comparesHolders: false),
    Situation(
      name: "a process whose first thread has ended",
      script: """
        def work():
          global s
          s = listener()
          def stay():
            time.sleep(0.05)
            while True: time.sleep(60)
          threading.Thread(target=stay).start()
          return [number(s), s.fileno()]
        reading, writing = os.pipe(); pid = os.fork()
        if pid == 0:
          libc.prctl(1, signal.SIGKILL)
          s = listener(); told = [number(s), s.fileno()]
          def stay():
            while open(f"/proc/{os.getpid()}/stat").read().rsplit(")", 1)[1].split()[0] != "Z": time.sleep(0.005)
            os.write(writing, json.dumps(told).encode()); time.sleep(600)
          threading.Thread(target=stay).start()
          libc.syscall(60, 0)
        told = json.loads(os.read(reading, 4096))
        ready({told[0]: {pid: [told[1]]}})
        """, comparesHolders: false),
    Situation(
      name: "a socket that is registered with io_uring and has no descriptor",
      script: """
        ring = libc.syscall(425, 8, ctypes.create_string_buffer(120))
        if ring < 0: ready(skip="no io_uring")
        s = listener(); inode = number(s)
        if libc.syscall(427, ring, 2, struct.pack("i", s.fileno()), 1) != 0: ready(skip="no registered files")
        s.close(); ready({inode: {me: []}}, rings=[ring])
        """, comparesHolders: false),
    Situation(
      name: "a process in a PID namespace of its own",
      script: """
        import subprocess
        reading, writing = os.pipe(); middle = os.fork()
        if middle == 0:
          libc.unshare(0x20000000)
          inner = os.fork()
          if inner == 0:
            libc.prctl(1, signal.SIGKILL)
            s = listener(); os.write(writing, json.dumps([number(s), s.fileno()]).encode()); signal.pause()
          os.write(writing, b""); os.waitpid(inner, 0)
        told = json.loads(os.read(reading, 4096))
        pid = int(open(f"/proc/{middle}/task/{middle}/children").read().split()[0])
        ready({told[0]: {pid: [told[1]]}})
        """),
    Situation(
      name: "a process in a user namespace of its own",
      script: """
        def work():
          libc.unshare(0x10000000)
          global s
          s = listener(); return [number(s), s.fileno()]
        pid, (inode, descriptor) = child(work)
        ready({inode: {pid: [descriptor]}})
        """),
    Situation(
      name: "a process of another user",
      script: """
        def work():
          global s
          s = listener(); os.setgroups([]); os.setgid(65534); os.setuid(65534); return [number(s), s.fileno()]
        pid, (inode, descriptor) = child(work)
        ready({inode: {pid: [descriptor]}})
        """),
    Situation(
      name: "a process with another root directory",
      script: """
        def work():
          global s
          s = listener(); os.chroot("/usr"); os.chdir("/"); return [number(s), s.fileno()]
        pid, (inode, descriptor) = child(work)
        ready({inode: {pid: [descriptor]}})
        """),
    Situation(
      name: "a process that has stopped",
      script: """
        def work():
          global s
          s = listener(); return [number(s), s.fileno()]
        pid, (inode, descriptor) = child(work); os.kill(pid, signal.SIGSTOP)
        ready({inode: {pid: [descriptor]}})
        """),
    Situation(
      name: "a grandchild that inherited past a parent that closed",
      script: """
        s = listener()
        def work():
          pid, _ = child(lambda: None); s.close(); return pid
        middle, pid = child(work)
        ready({number(s): {me: [s.fileno()], pid: [s.fileno()]}}, inherited=[pid])
        """),
  ]
}
