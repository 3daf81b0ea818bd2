import CLinux
import Glibc

/// The packet socket of a device of the parser's, of which the helper holds a copy: when the device goes and one of its
/// name comes, the socket is bound to that one, and the parser's ring goes on. Nothing is read from it here.
final class KeptDevice {
  /// What became of a device.
  enum News: Hashable {
    /// It exists no more.
    case gone
    /// There is one of its name again, and its frames come. Its kind, a number of <linux/if_arp.h>, when it is another
    /// than at the start; else nil.
    case back(hardware: UInt16?)
  }

  /// Its place on the command line.
  let place: UInt16
  private let descriptor: Int32
  private var device: linux_packet_device
  private let firstHardware: UInt16
  private let isPromiscuous: Bool
  private var isGone = false

  /// Takes over a descriptor; nil, and it is closed, when it is no packet socket of one device.
  init?(place: UInt16, owning descriptor: Int32, isPromiscuous: Bool) {
    var device = linux_packet_device()
    guard unsafe linux_packet_device_of(descriptor, &device) == 0, device.index > 0 else {
      close(descriptor)
      return nil
    }
    self.place = place
    self.descriptor = descriptor
    self.device = device
    firstHardware = device.hardware
    self.isPromiscuous = isPromiscuous
  }

  deinit { close(descriptor) }

  /// What is new since the last look; nil for nothing.
  func look() -> News? {
    isGone ? lookForReturn() : lookForEnd()
  }

  private func lookForEnd() -> News? {
    var now = linux_packet_device()
    guard unsafe linux_packet_device_of(descriptor, &now) == 0, now.index > 0 else {
      isGone = true
      return .gone
    }
    guard now.hardware != device.hardware else { return nil }
    device = now
    return back
  }

  private func lookForReturn() -> News? {
    var found = device
    guard unsafe linux_find_device(descriptor, &found) == 0 else { return nil }
    // It may be gone again by now: then the next look finds another.
    guard unsafe linux_bind_device(descriptor, &found, isPromiscuous) == 0 else { return nil }
    device = found
    isGone = false
    return back
  }

  private var back: News {
    .back(hardware: device.hardware == firstHardware ? nil : device.hardware)
  }
}
