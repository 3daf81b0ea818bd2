import CLinux
import Glibc

/// The network namespaces of this host beside the own one, by the addresses that they have: which one an end of a flow
/// lies in. Entering them needs CAP_SYS_ADMIN.
struct OtherNamespaces {
  private struct Member {
    var place: NamespaceSearch.Place
    var addresses: HostAddresses
    var lookup: OwnerLookup?
  }

  /// How often they are looked for again, at most: an address that is nobody's must not make a search each time.
  private static let searchInterval: UInt64 = 2_000_000_000
  /// How often it is seen whether they still are. A socket that is kept open in one keeps it alive with its devices.
  private static let tidyInterval: UInt64 = 5_000_000_000

  private let proc: ProcRoot
  private let mayEnter: Bool
  private var members: [UInt64: Member] = [:]
  private var searched: UInt64?
  private var tidied: UInt64 = 0

  init(proc: ProcRoot) {
    self.proc = proc
    mayEnter = Capabilities.current(in: proc).hasSysAdmin
  }

  /// The namespace, by its inode, that alone has an address; nil when none has it, or several have.
  mutating func namespace(of address: [UInt8]) -> UInt64? {
    guard mayEnter else { return nil }
    var having = members.filter { $0.value.addresses.contains(address) }
    if having.isEmpty, search() { having = members.filter { $0.value.addresses.contains(address) } }
    return having.count == 1 ? having.first?.key : nil
  }

  /// The look-up inside a namespace, with a socket that is kept; nil when it can't be entered.
  mutating func lookup(in namespace: UInt64) -> OwnerLookup? {
    if let known = members[namespace]?.lookup { return known }
    guard let place = members[namespace]?.place, let directory = try? proc.open(),
      let socket = place.socket(in: directory, { () throws(NetlinkError) in try .open() })
    else { return nil }
    let tables = SocketTables(socket, namespace: place.namespace)
    let lookup = OwnerLookup(tables: tables, proc: proc)
    members[namespace]?.lookup = lookup
    return lookup
  }

  /// Lets go of namespaces that nothing else keeps.
  mutating func tidy() {
    guard !members.isEmpty else { return }
    let now = BootTime.now
    guard now &- tidied >= Self.tidyInterval else { return }
    tidied = now
    guard let directory = try? proc.open() else { return }
    for (inode, member) in members where !member.place.isThere(in: directory) {
      members[inode] = nil
    }
  }

  /// Looks for all of them again; false when that was done a moment ago.
  private mutating func search() -> Bool {
    let now = BootTime.now
    if let searched, now &- searched < Self.searchInterval { return false }
    searched = now
    guard let directory = try? proc.open() else { return false }
    var found: [UInt64: Member] = [:]
    for place in NamespaceSearch.others(in: directory).places {
      guard let addresses = place.addresses(in: directory) else { continue }
      let inode = place.namespace.inode
      found[inode] = Member(place: place, addresses: addresses, lookup: members[inode]?.lookup)
    }
    members = found
    return true
  }
}

extension NamespaceSearch.Place {
  /// Whether the path still leads into the namespace.
  func isThere(in proc: borrowing Descriptor) -> Bool {
    guard let status = try? proc.status(of: path) else { return false }
    return UInt64(status.st_ino) == namespace.inode
  }

  /// The addresses of the namespace's devices; nil when it can't be entered.
  func addresses(in proc: borrowing Descriptor) -> HostAddresses? {
    guard let file = try? Descriptor(path, in: proc.number), let status = try? file.status(),
      UInt64(status.st_ino) == namespace.inode
    else { return nil }
    let number = file.number
    return Worker.run { () -> HostAddresses? in
      linux_enter_network_namespace(number) == 0 ? HostAddresses() : nil
    } ?? nil
  }
}
