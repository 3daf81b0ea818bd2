import Captures
import Report

/// An open device of a live capture with what belongs to it.
final class LiveDevice {
  var device: CaptureDevice
  /// The device's name; kept apart, for the device itself is busy while its frames are shown.
  let name: String
  /// What waits for its frames.
  let descriptor: Int32
  /// Its number among the devices, to tell copies of a packet.
  let number: Int
  /// libpcap's DLT number of its frames: another one when it came back as another kind of device.
  private(set) var linkType: Int32
  /// The user's filter, compiled for that link type.
  var filter: UserFilter? { filters[linkType] }
  /// The same for every link type that it may come back with, as far as it means something there; empty without a filter.
  private let filters: [Int32: UserFilter]
  private var isDown = false
  private(set) var presence = Presence.here

  /// Whether frames can come.
  enum Presence {
    /// They can.
    case here
    /// The device went away, and may come back.
    case gone
    /// They can't any more: another link type, or a failure.
    case over
  }

  private init(
    _ device: consuming CaptureDevice, number: Int, filters: [Int32: UserFilter]
  ) {
    name = device.name
    linkType = device.linkType
    descriptor = device.descriptor
    self.device = device
    self.number = number
    self.filters = filters
  }

  /// Opens every device with the kernel's program for the port.
  ///
  /// - Throws: `CaptureError` about the first that can't be opened, or the filter that means nothing on it.
  static func open(
    _ names: [String], options: CaptureOptions, port: UInt16, expression: String?
  ) throws -> [LiveDevice] {
    var devices: [LiveDevice] = []
    for name in names {
      let device = try CaptureDevice(name: try resolve(name), options: options)
      if let warning = device.warning { Diagnostics.say(Escaped.text("\(name): \(warning)")) }
      let linkType = device.linkType
      let length = options.snapshotLength
      if let program = KernelFilter.program(
        followingFrom: linkType, port: port, snapshotLength: length)
      {
        try device.attachFilter(program)
      } else if let program = KernelFilter.program(
        linkType: linkType, port: port, snapshotLength: length)
      {
        try device.setFilter(program)
      }
      var filters: [Int32: UserFilter] = [:]
      if let expression {
        // Later none can be compiled: that may read files.
        for other in HardwareType.linkTypes(after: linkType) {
          filters[other] = try? UserFilter(expression, linkType: other)
        }
        filters[linkType] = try UserFilter(expression, linkType: linkType)
      }
      devices.append(LiveDevice(device, number: devices.count, filters: filters))
    }
    return devices
  }

  /// Says when the device went down or came up again: a silent device and a dead one look alike.
  func tellState() {
    let state = device.state
    guard state == .up || state == .down, (state == .down) != isDown else { return }
    isDown = state == .down
    Diagnostics.say(
      Escaped.text(name)
        + (isDown ? " is down; the capture goes on when it is up again" : " is up again"))
  }

  /// The device is gone; the helper looks for one of its name.
  func noteGone() {
    guard presence == .here else { return }
    presence = .gone
    isDown = false
    Diagnostics.say(Escaped.text(name) + " is gone; the capture goes on when it is back")
  }

  /// The helper has found one of its name: of the kind of device that it was at the start, or of another one.
  func noteBack(hardware: UInt16?) {
    guard presence != .over else { return }
    let found = hardware.map { HardwareType.linkType(of: $0, after: device.linkType) }
    guard let now = found ?? device.linkType, filters.isEmpty || filters[now] != nil else {
      presence = .over
      Diagnostics.say(
        Escaped.text(name)
          + " has another link type now, and is not captured any more; start anew to capture it")
      return
    }
    // It may have been back before anybody missed it.
    presence = .here
    device.comeBack()
    let change = now == linkType ? "" : ", with another link type"
    linkType = now
    Diagnostics.say(Escaped.text(name) + " is back" + change)
  }

  /// Nothing comes of it any more.
  func noteFailure() { presence = .over }

  /// The DLT of a device, for `-d`; nil when it can't be opened.
  static func linkType(_ name: String?) -> Int32? {
    guard let name, let device = try? CaptureDevice(name: name) else { return nil }
    return device.linkType
  }

  /// A number from `-D` as its name.
  private static func resolve(_ name: String) throws(CaptureError) -> String {
    guard let number = Int(name), number > 0 else { return name }
    let devices = try DeviceDescription.list()
    guard number <= devices.count else {
      throw CaptureError(source: name, failure: .noSuchDevice)
    }
    return devices[number - 1].name
  }
}
