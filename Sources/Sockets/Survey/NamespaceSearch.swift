import CLinux
import Glibc

/// Finds the network namespaces of this host: through its processes, and through the names that `ip netns` gives.
struct NamespaceSearch {
  /// Namespaces looked into; one that is left out is counted.
  private static let placeLimit = 1_024
  /// Where ip-netns(8) keeps names.
  static let namesPaths = ["/run/netns/", "/var/run/netns/"]

  /// A namespace and a path to it.
  struct Place: Hashable {
    var namespace: NetworkNamespace
    /// Absolute, or below /proc.
    var path: String
  }

  /// The namespaces other than this process's own, by inode.
  private(set) var places: [Place] = []
  /// How many were left out for their number.
  private(set) var leftOut = 0

  /// Looks at the links of every process and at every name.
  static func others(in proc: borrowing Descriptor) -> NamespaceSearch {
    guard let own = inode(try? proc.link("self/ns/net")) else { return NamespaceSearch() }
    var found: [UInt64: Place] = [:]
    for pid in (try? proc.numericNames()) ?? [] {
      guard let inode = inode(try? proc.link("\(pid)/ns/net")), inode != own, found[inode] == nil
      else { continue }
      let namespace = NetworkNamespace(inode: inode, memberPID: pid)
      found[inode] = Place(namespace: namespace, path: "\(pid)/ns/net")
    }
    addNames(to: &found, own: own, in: proc)
    var search = NamespaceSearch()
    let all = found.values.sorted { $0.namespace.inode < $1.namespace.inode }
    search.places = Array(all.prefix(placeLimit))
    search.leftOut = all.count - search.places.count
    return search
  }

  /// Namespaces that are kept by a mount: those of `ip netns`, and those that container runtimes mount elsewhere.
  private static func addNames(
    to found: inout [UInt64: Place], own: UInt64, in proc: borrowing Descriptor
  ) {
    guard let text = try? proc.contents(of: "self/mountinfo", limit: 1 << 22),
      ByteSearch.find(Array("nsfs".utf8), in: text) != nil
    else { return }
    for mount in MountTable(text).mounts where mount.type.elementsEqual("nsfs".utf8) {
      guard let inode = inode(mount.root), inode != own else { continue }
      let name = name(of: mount.point)
      if let known = found[inode] {
        // The name that ip-netns(8) gave counts more than a path.
        let isPath = known.namespace.name?.first == UInt8(ascii: "/")
        if known.namespace.name == nil || isPath { found[inode]?.namespace.name = name }
      } else if let text = String(validating: mount.point, as: UTF8.self) {
        let namespace = NetworkNamespace(inode: inode, name: name)
        found[inode] = Place(namespace: namespace, path: text)
      }
    }
  }

  /// The name in the folder of ip-netns(8), else the path.
  private static func name(of point: [UInt8]) -> [UInt8] {
    for folder in namesPaths where point.starts(with: folder.utf8) {
      return Array(point.dropFirst(folder.utf8.count))
    }
    return point
  }

  /// The number in `net:[4026531840]`.
  static func inode(_ link: [UInt8]?) -> UInt64? {
    let head = Array("net:[".utf8)
    guard let link, link.starts(with: head), link.last == 0x5D else { return nil }
    return Decimal.parse(link.dropFirst(head.count).dropLast())
  }
}

extension NamespaceSearch.Place {
  /// A netlink socket that `make` opens inside the namespace; nil when it can't be entered. A thread of its own enters
  /// and ends there: setns(2) moves only the calling thread, and the socket stays where it was made.
  func socket(
    in proc: borrowing Descriptor,
    _ make: @escaping @Sendable () throws(NetlinkError) -> NetlinkSocket
  ) -> NetlinkSocket? {
    guard let file = try? Descriptor(path, in: proc.number),
      let status = try? file.status(), UInt64(status.st_ino) == namespace.inode
    else { return nil }
    let number = file.number
    let socket = Worker.run { () -> Int32 in
      guard linux_enter_network_namespace(number) == 0, let socket = try? make() else { return -1 }
      return socket.release()
    }
    guard let socket, socket >= 0 else { return nil }
    return NetlinkSocket(owning: socket)
  }
}
