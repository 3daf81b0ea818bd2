import Glibc

/// What lies in the folders of units, by name alone.
///
/// Lists that are sorted and not hashed: this is done at each start, where the first use of a kind of table costs more
/// than all there is to do.
struct UnitListing {
  /// A unit's file.
  struct Place {
    var name: [UInt8]
    var path: [UInt8]
    /// Its place among all that were found.
    var rank: Int
  }

  /// Units, drop-ins and folders of wishes kept of each: a host has some tens, a container may have anything.
  private static let most = 1_024

  /// The socket units in the order of the folders, each in the folder that counts most.
  private(set) var units: [Place] = []
  /// Folders of drop-ins by their own name.
  private(set) var dropIns: [(name: [UInt8], path: [UInt8])] = []
  /// Folders with a link for each unit that another one wants.
  private var wants: [[UInt8]] = []

  /// Lists the folders. One that has two names, as `/lib` has on most hosts, is listed once.
  init(_ folders: [String], in root: borrowing RootDirectory) {
    var seen: [(device: UInt64, inode: UInt64)] = []
    for folder in folders {
      guard let directory = root.openDirectory(Array(folder.utf8)),
        let status = try? directory.status()
      else { continue }
      let identity = (device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
      guard !seen.contains(where: { $0 == identity }) else { continue }
      seen.append(identity)
      let head = Array("\(folder)/".utf8)
      for name in directory.sortedNames(where: Self.matters) { note(name, head) }
    }
    keepFirst()
    dropIns = Array(dropIns.prefix(Self.most))
    wants = Array(wants.prefix(Self.most))
  }

  /// Whether a name is of interest, by its end: most are not.
  private static func matters(_ name: Span<UInt8>) -> Bool {
    ends.contains { end in
      end.utf8.count <= name.count
        && end.utf8.reversed().enumerated().allSatisfy { name[name.count - 1 - $0] == $1 }
    }
  }

  private static let ends = [".socket", "socket.d", ".wants", ".requires"]

  private mutating func note(_ name: [UInt8], _ head: [UInt8]) {
    if name.count > 7, name.suffix(7).elementsEqual(".socket".utf8) {
      units.append(Place(name: name, path: head + name, rank: units.count))
    } else if name.suffix(9).elementsEqual(".socket.d".utf8) || name.elementsEqual("socket.d".utf8)
    {
      dropIns.append((name, head + name))
    } else if name.suffix(6).elementsEqual(".wants".utf8)
      || name.suffix(9).elementsEqual(".requires".utf8)
    {
      wants.append(head + name)
    }
  }

  /// Of units with one name leaves the first.
  private mutating func keepFirst() {
    units.sort {
      $0.name == $1.name ? $0.rank < $1.rank : $0.name.lexicographicallyPrecedes($1.name)
    }
    var kept: [Place] = []
    for unit in units where kept.last?.name != unit.name { kept.append(unit) }
    units = Array(kept.sorted { $0.rank < $1.rank }.prefix(Self.most))
  }

  /// The socket units that another unit wants.
  func wanted(in root: borrowing RootDirectory) -> Set<[UInt8]> {
    var wanted: Set<[UInt8]> = []
    for folder in wants where wanted.count < Self.most {
      wanted.formUnion(
        root.names(in: folder, limit: Self.most).filter {
          $0.suffix(7).elementsEqual(".socket".utf8)
        })
    }
    return wanted
  }
}
