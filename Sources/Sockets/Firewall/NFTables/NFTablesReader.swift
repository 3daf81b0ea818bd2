import CLinux
import Glibc

/// Why rules could not be read.
enum FirewallFailure: Error, Hashable {
  /// A system call failed or the kernel refused with this `errno`.
  case system(Int32)
  case changed
  case tooMany
  /// No answer, or one that is not understood.
  case malformed

  /// The state that it leaves.
  var state: FirewallReading.State {
    switch self {
    case .system(EPERM), .system(EACCES): .notPermitted
    // No nfnetlink, or nothing registered for nf_tables in it.
    case .system(EPROTONOSUPPORT), .system(EAFNOSUPPORT), .system(EINVAL), .system(EOPNOTSUPP),
      .system(ENOPROTOOPT):
      .absent
    // A set that is gone since its table was read.
    case .changed, .system(ENOENT): .changed
    case .tooMany: .tooMany
    case .system, .malformed: .failed
    }
  }
}

/// The conversation with nf_tables: what is asked for once is kept.
final class NFTablesReader<Channel: NetlinkChannel & ~Copyable> {
  /// Rules and set elements read of a namespace; more make the answer uncertain, never wrong.
  private static var objectLimit: Int { 16_384 }
  private static var elementLimit: Int { 1 << 17 }
  /// Datagrams of one answer.
  private static var datagramLimit: Int { 1 << 12 }

  private struct Name: Hashable {
    var family: UInt8
    var table: [UInt8]
    var name: [UInt8]
  }

  private var channel: Channel
  private var sequence: UInt32 = 0
  private var generation: UInt16?
  private var objectsLeft = objectLimit
  private var elementsLeft = elementLimit
  private var rules: [Name: [NFTablesRule]] = [:]
  private var sets: [Name: NFTablesSet] = [:]
  private var elements: Set<Name> = []
  private var tablesWithSets: Set<Name> = []
  /// The first failure; from then on nothing more is asked.
  private(set) var failure: FirewallFailure?

  init(_ channel: consuming Channel) {
    self.channel = channel
  }

  /// The base chains of tables that are not dormant, by priority.
  func baseChains() throws(FirewallFailure) -> [NFTablesChain] {
    let chains = try dump(.chains, family: 0).compactMap { NFTablesChain($0) }
    if chains.isEmpty { return [] }
    var dormant: Set<Name> = []
    for table in try dump(.tables, family: 0) {
      let flags = table.attributes.number(NFTA_TABLE_FLAGS) ?? 0
      if flags & NFT_TABLE_F_DORMANT.rawValue != 0 {
        dormant.insert(
          Name(
            family: table.family, table: table.attributes.name(NFTA_TABLE_NAME) ?? [], name: []))
      }
    }
    return chains.filter {
      !dormant.contains(Name(family: $0.family, table: $0.table, name: []))
    }.sorted { $0.priority < $1.priority }
  }

  /// The rules of a chain; nil when reading failed.
  func rules(of chain: [UInt8], table: [UInt8], family: UInt8) -> [NFTablesRule]? {
    let name = Name(family: family, table: table, name: chain)
    if let known = rules[name] { return known }
    guard let found = attempt(.rules(table: table, chain: chain), family: family) else {
      return nil
    }
    // A kernel that does not know the filter answers with every rule.
    let read = found.filter {
      $0.family == family && $0.attributes.name(NFTA_RULE_TABLE) == table
        && $0.attributes.name(NFTA_RULE_CHAIN) == chain
    }.map { NFTablesRule($0) }
    rules[name] = read
    return read
  }

  /// A set with its elements; nil when there is none, or reading failed.
  func set(_ set: [UInt8], table: [UInt8], family: UInt8) -> NFTablesSet? {
    let whole = Name(family: family, table: table, name: [])
    let name = Name(family: family, table: table, name: set)
    if tablesWithSets.insert(whole).inserted {
      for object in attempt(.sets(table: table), family: family) ?? [] {
        guard let known = object.attributes.name(NFTA_SET_NAME) else { continue }
        sets[Name(family: family, table: table, name: known)] = NFTablesSet(object)
      }
    }
    guard var found = sets[name] else { return nil }
    guard elements.insert(name).inserted else { return found }
    guard let objects = attempt(.elements(table: table, set: set), family: family) else {
      sets[name] = nil
      return nil
    }
    for object in objects { found.add(object) }
    sets[name] = found
    elementsLeft -= found.elements.count
    if elementsLeft < 0 { failure = failure ?? .tooMany }
    return found
  }

  private func attempt(_ kind: NFTablesRequest.Kind, family: UInt8) -> [NFTablesReply.Object]? {
    guard failure == nil else { return nil }
    do throws(FirewallFailure) {
      return try dump(kind, family: family)
    } catch {
      failure = error
      return nil
    }
  }

  private func dump(
    _ kind: NFTablesRequest.Kind, family: UInt8
  ) throws(FirewallFailure) -> [NFTablesReply.Object] {
    sequence &+= 1
    let request = NFTablesRequest(kind: kind, family: family, sequence: sequence)
    do throws(NetlinkError) {
      try channel.send(request.bytes)
    } catch {
      throw Self.failure(of: error)
    }
    var objects: [NFTablesReply.Object] = []
    for _ in 0..<Self.datagramLimit {
      let datagram: [UInt8]
      do throws(NetlinkError) {
        datagram = try channel.receive()
      } catch {
        throw Self.failure(of: error)
      }
      let reply = NFTablesReply(datagram, to: request)
      if reply.isMalformed { throw .malformed }
      // EINTR ends a dump whose rules changed under it.
      if reply.isInterrupted || reply.failure == EINTR { throw .changed }
      if let failure = reply.failure { throw .system(failure) }
      for object in reply.objects {
        if let generation, generation != object.generation { throw .changed }
        generation = object.generation
      }
      objects += reply.objects
      if case .elements = kind {} else { objectsLeft -= reply.objects.count }
      if objectsLeft < 0 { throw .tooMany }
      if reply.isDone { return objects }
    }
    throw .tooMany
  }

  private static func failure(of error: NetlinkError) -> FirewallFailure {
    switch error {
    case .system(let number): .system(number)
    case .overrun, .silent, .malformed: .malformed
    }
  }
}
