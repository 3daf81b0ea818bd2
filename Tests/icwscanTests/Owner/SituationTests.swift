import Glibc
import Testing

/// Hand-made situations: icwscan names exactly the sockets and holders that are there, and ss and lsof agree.
@Suite(.enabled(if: Stage.isPermitted, Comment(rawValue: Stage.needs)))
struct SituationTests {
  static let all = Situation.tcp + Situation.udp + Situation.holders

  @Test(arguments: all) func `Every socket and every holder is named`(_ situation: Situation) throws
  {
    let stage = try Stage(situation.script)
    if let reason = stage.facts["skip"]?.string {
      print("skipped: \(situation.name): \(reason)")
      return
    }
    let records = try stage.sockets()
    let found = Stage.holders(records)
    var expected: Stage.Holders = [:]
    for entry in stage.facts["holders"]?.list ?? [] {
      guard let inode = entry.list.first?.integer else { continue }
      expected[inode] = [:]
      for holder in entry.list.last?.list ?? [] {
        guard let pid = holder.list.first?.integer else { continue }
        expected[inode]?[pid] = Set(holder.list.last?.list.compactMap(\.integer) ?? [])
      }
    }
    #expect(!expected.isEmpty && found == expected)
    try compare(stage, records, found, situation)
    let states = Set(records.compactMap { $0["icwscan.socket.state"]?.string })
    #expect(states.isSuperset(of: situation.states))
    for (state, reason) in situation.reasons {
      let nobody = records.filter {
        $0["icwscan.socket.state"]?.string == state && $0["icwscan.socket.inode"]?.integer == 0
      }
      #expect(!nobody.isEmpty)
      #expect(nobody.allSatisfy { $0["icwscan.missing_owner"]?.string == reason })
      #expect(nobody.allSatisfy { $0["icwscan.holders"]?.list.isEmpty == true })
    }
    checkHolding(stage, records)
  }

  private func compare(
    _ stage: Stage, _ records: [JSONText], _ found: Stage.Holders, _ situation: Situation
  ) throws {
    let theirs = try stage.ss()
    #expect(theirs.rows == records.count)
    #expect(Set(theirs.holders.keys) == Set(found.keys))
    guard situation.comparesHolders else { return }
    #expect(theirs.holders == found)
    guard situation.isKnownToLsof else { return }
    // lsof lists a connection once for each descriptor; sockets that are only bound it does not know.
    let listed = Set(try stage.lsof().keys)
    for (inode, holders) in try stage.lsof() { #expect(found[inode] == holders) }
    for record in records where record["icwscan.socket.inode"]?.integer != 0 {
      let isOnlyBound =
        record["network.transport"]?.string == "tcp"
        && record["icwscan.socket.state"]?.string == "UNCONN"
      if !isOnlyBound, let inode = record["icwscan.socket.inode"]?.integer {
        #expect(listed.contains(inode))
      }
    }
  }

  /// How each holder came by the socket.
  private func checkHolding(_ stage: Stage, _ records: [JSONText]) {
    let holders = records.flatMap { $0["icwscan.holders"]?.list ?? [] }
    if let inherited = stage.facts["inherited"] {
      let told = holders.filter { $0["inherited"] == .boolean(true) }
        .compactMap { $0["process.pid"]?.integer }
      #expect(Set(told) == Set(inherited.list.compactMap(\.integer)))
    }
    if let rings = stage.facts["rings"] {
      #expect(holders.flatMap { $0["rings"]?.list ?? [] } == rings.list)
    }
  }
}
