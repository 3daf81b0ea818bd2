/// How a device is opened; the defaults suit a quiet port.
public struct CaptureOptions: Hashable, Sendable {
  /// Most bytes of a frame that are kept, 1...262144.
  public var snapshotLength = 262_144
  /// Size of the kernel's ring in bytes. Immediate mode gives every frame a place of its own size, 64 KiB on `any`, so
  /// libpcap's 2 MiB would hold 32 frames; this holds a thousand.
  public var bufferBytes = 67_108_864
  /// Whether frames for other hosts are asked for; never on `any`.
  public var isPromiscuous = true
  /// Whether each frame is delivered at once instead of in batches. In batches frames take only as much of the ring as
  /// they are long: it then holds some hundred thousand small ones.
  public var isImmediate = true
  /// How long a batch waits for more frames, in milliseconds.
  public static let batchMilliseconds: Int32 = 20
  /// Which directions are wanted.
  public var direction = Direction.both

  /// A folder like /sys/class/net for the network namespace of the devices; -1 for that of this process's /sys. It is read
  /// while a device is opened and stays the caller's to close.
  public var deviceFiles: Int32 = -1

  /// Directions as tcpdump's -Q names them.
  public enum Direction: String, Hashable, Sendable, CaseIterable {
    case `in`, out
    case both = "inout"
  }

  /// The defaults.
  public init() {}
}
