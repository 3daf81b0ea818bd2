import Captures
import Glibc
import Testing

@Suite(.serialized, .timeLimit(.minutes(20))) struct CaptureDeviceTests {
  /// Sends a datagram over loopback.
  static func send(to port: UInt16) {
    let number = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    _ = unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe sendto(number, "x", 1, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    _ = close(number)
  }

  /// How many frames wait, or why none can be read.
  static func count(_ device: inout CaptureDevice) -> (frames: Int, failure: CaptureError.Failure?)
  {
    var frames = 0
    do {
      while true {
        var request = pollfd(fd: device.descriptor, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&request, 1, 100)
        let got = try device.read(most: 100) { _ in true }
        if got == 0 { return (frames, nil) }
        frames += got
      }
    } catch { return (frames, error.failure) }
  }

  @Test func `a device that does not exist is named as that, also without the right`() {
    let failures = Aside.run {
      let first = Self.failure("icwscan-no")
      return Privilege.drop() ? [first, Self.failure("icwscan-no"), Self.failure("lo")] : []
    }
    #expect(failures == [.noSuchDevice, .noSuchDevice, .notPermitted(.rawSocket)])
  }

  static func failure(_ name: String) -> CaptureError.Failure? {
    do {
      _ = try CaptureDevice(name: name)
      return nil
    } catch { return error.failure }
  }

  @Test(
    .enabled(if: Privilege.reason == nil, "needs root and the program ip"),
    arguments: ["lo", "any"])
  func `the kernel drops what the program refuses`(name: String) {
    let result = Aside.run { () -> [Int] in
      guard Privilege.enterNetwork() else { return [-1] }
      do {
        var device = try CaptureDevice(name: name)
        guard let program = KernelFilter.program(linkType: device.linkType, port: 3699) else {
          return [-2]
        }
        try device.setFilter(program)
        for _ in 0..<200 { Self.send(to: 4000) }
        for _ in 0..<3 { Self.send(to: 3699) }
        let counted = Self.count(&device)
        return [counted.frames, device.statistics().received]
      } catch { return [-3] }
    }
    // The datagrams; how many of their refusals are sent, the kernel limits by rate.
    #expect(result.count == 2 && result[0] >= 3, "\(result)")
    #expect(result.last ?? 0 >= 3 && result.last ?? 999 < 40, "\(result)")
  }

  @Test(.enabled(if: Privilege.reason == nil, "needs root and the program ip"))
  func `a device that is down, or goes away, says which`() {
    let failures = Aside.run { () -> [CaptureError.Failure?] in
      guard Privilege.enterNetwork(),
        Program.run("ip", "link", "add", "d0", "type", "veth", "peer", "name", "d1")?.status == 0
      else { return [] }
      var found: [CaptureError.Failure?] = [Self.failure("d0")]
      for isDeleted in [true] {
        _ = Program.run("ip", "link", "set", "d0", "up")
        do throws(CaptureError) {
          var device = try CaptureDevice(name: "d0")
          if isDeleted {
            _ = Program.run("ip", "link", "del", "d0")
          } else {
            _ = Program.run("ip", "link", "set", "d0", "down")
          }
          found.append(Self.count(&device).failure)
        } catch { found.append(error.failure) }
      }
      return found
    }
    #expect(failures == [.deviceDown, .deviceGone])
  }
}
