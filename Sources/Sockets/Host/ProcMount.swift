import Glibc

/// How /proc is mounted: whether it hides other users' processes (proc(5)).
public struct ProcMount: Hashable, Sendable {
  /// Values of the mount option `hidepid`.
  public enum HidePID: String, Hashable, Sendable {
    /// 0: everything shows.
    case off
    /// 1: processes show, their files don't.
    case noAccess = "noaccess"
    /// 2: processes don't show.
    case invisible
    /// 4: only processes that could be traced show.
    case ptraceable
  }

  /// The option.
  public var hidepid: HidePID
  /// The group that is exempt from 1 and 2.
  public var exemptGroup: UInt32

  /// How /proc is mounted for this process; nil when it is not, or when that can't be read.
  public static func current(in proc: ProcRoot = ProcRoot()) -> ProcMount? {
    proc.contents(of: "self/mountinfo", limit: 1 << 20)
      .flatMap { ProcMount(mountinfo: $0, path: proc.path) }
  }

  /// From the text of /proc/PID/mountinfo: the last file system mounted at `path` counts.
  init?(mountinfo: [UInt8], path: String) {
    var options: ArraySlice<UInt8>?
    for line in mountinfo.split(separator: 0x0A) {
      let fields = line.split(separator: 0x20)
      guard let dash = fields.firstIndex(where: { $0.elementsEqual("-".utf8) }), dash >= 6,
        fields.count > dash + 3, fields[4].elementsEqual(path.utf8)
      else { continue }
      options = fields[dash + 1].elementsEqual("proc".utf8) ? fields[dash + 3] : nil
    }
    guard let options else { return nil }
    hidepid = .off
    exemptGroup = 0
    for option in options.split(separator: 0x2C) {
      let pair = option.split(separator: 0x3D, maxSplits: 1)
      guard pair.count == 2 else { continue }
      let value = String(decoding: pair[1], as: UTF8.self)
      if pair[0].elementsEqual("hidepid".utf8) { hidepid = Self.hidepid(value) }
      if pair[0].elementsEqual("gid".utf8) { exemptGroup = UInt32(value) ?? 0 }
    }
  }

  private static func hidepid(_ value: String) -> HidePID {
    switch value {
    case "1", "noaccess": .noAccess
    case "2", "invisible": .invisible
    case "4", "ptraceable": .ptraceable
    default: .off
    }
  }

  /// Whether processes are hidden from a process with these capabilities and groups.
  public func hides(from capabilities: Capabilities, groups: [UInt32]) -> Bool {
    if hidepid == .off || capabilities.hasSysPtrace { return false }
    return hidepid == .ptraceable || !groups.contains(exemptGroup)
  }

  /// The groups of this process. The corresponding C functions are `getegid` and `getgroups`.
  public static func ownGroups() -> [UInt32] {
    let count = getgroups(0, nil)
    var groups = [gid_t](repeating: 0, count: max(0, Int(count)))
    let filled = unsafe getgroups(count, &groups)
    return [getegid()] + groups.prefix(max(0, Int(filled)))
  }
}
