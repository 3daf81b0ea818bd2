import Report

/// The files that the packets of each open flow came from, by the flow's number.
struct JoinedFiles: Sendable {
  private var origins: [Int: Origin] = [:]

  /// Notes a packet of a flow, or an ICMP error, from a file.
  mutating func note(_ flow: Int, _ origin: Origin) {
    guard var known = origins[flow] else {
      origins[flow] = origin
      return
    }
    let (last, place) = (known.files.last ?? known.place, origin.place)
    guard last != place, let place, let first = known.place else { return }
    if known.files.isEmpty { known.files = [first] }
    guard !known.files.contains(place) else { return }
    if known.files.count < Origin.mostFiles {
      known.files.append(place)
    } else {
      known.filesNotListed += 1
    }
    origins[flow] = known
  }

  /// Where a flow's packets came from: its first file, and all of them where there are several.
  mutating func take(_ flow: Int) -> Origin? { origins.removeValue(forKey: flow) }
}

extension Origin {
  /// A number for the file, or the archive's member, that no other has but by a chance that is none: records of several hosts
  /// may name different files alike, which then come from different inputs.
  func number(in place: Int) -> Int {
    var hasher = Hasher()
    hasher.combine(place)
    hasher.combine(file)
    hasher.combine(member)
    return hasher.finalize()
  }

  /// The file, or the archive's member.
  fileprivate var place: Place? { file.map { Place(file: $0, member: member) } }
}
