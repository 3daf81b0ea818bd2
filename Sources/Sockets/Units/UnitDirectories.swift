import Glibc

/// The folders in which systemd looks for units, the one that counts most first (systemd.unit(5)).
struct UnitDirectories {
  /// The system's manager.
  static let system = [
    "/etc/systemd/system.control", "/run/systemd/system.control", "/run/systemd/transient",
    "/run/systemd/generator.early", "/etc/systemd/system", "/etc/systemd/system.attached",
    "/run/systemd/system", "/run/systemd/system.attached", "/run/systemd/generator",
    "/usr/local/lib/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system",
    "/run/systemd/generator.late",
  ]
  /// The managers of users, without those folders that lie in each home.
  static let user = [
    "/etc/systemd/user", "/run/systemd/user", "/usr/local/lib/systemd/user",
    "/usr/lib/systemd/user",
  ]
  static let fileLimit = 1 << 20
  /// All socket units of a host have some tens of kilobytes; those of a container may be anything.
  private static let readingLimit = 16 << 20

  /// A socket unit that was found.
  struct Found {
    var name: [UInt8]
    var path: [UInt8]
    var file: UnitFile
    var isEnabled: Bool
  }

  private let path: String

  /// The folders below a root.
  init(root: String = "/") {
    path = root
  }

  /// Those of the container in which a process is: below its own root.
  static func ofContainer(_ pid: Int32, in proc: ProcRoot) -> UnitDirectories {
    UnitDirectories(root: "\(proc.path)/\(pid)/root")
  }

  /// The timer unit that starts a service: named like it, or like its template, and not made for another.
  func timer(of unit: [UInt8]) -> [UInt8]? {
    guard let root = RootDirectory(path), let parts = UnitName.parts(unit),
      parts.kind.elementsEqual("service".utf8)
    else { return nil }
    let stem = Array(unit.dropLast("service".utf8.count))
    var names = [stem + Array("timer".utf8)]
    if parts.instance?.isEmpty == false { names.append(parts.prefix + Array("@.timer".utf8)) }
    for name in names {
      for folder in Self.system + Self.user {
        let path = Array("\(folder)/".utf8) + name
        guard let text = root.contents(of: path, limit: Self.fileLimit), !text.isEmpty else {
          continue
        }
        var file = UnitFile()
        file.add(text)
        let target = file.value(of: "Unit", in: "Timer")
        return target == nil || target == unit ? name : nil
      }
    }
    return nil
  }

  /// The socket units of these folders that are of interest, with their drop-ins; those that are masked are left out.
  ///
  /// Those of interest have `mention` in their text, or a specifier that may stand for it: most have neither and are not
  /// parsed. Which units others want is looked up only where it matters: there are many folders of links to them.
  func sockets(
    in folders: [String], mentioning mention: [UInt8], where isOfInterest: (UnitFile) -> Bool
  ) -> [Found] {
    guard let root = RootDirectory(path) else { return [] }
    let listing = UnitListing(folders, in: root)
    var left = Self.readingLimit
    var units: [(UnitListing.Place, UnitFile)] = []
    for place in listing.units {
      if let file = file(of: place.name, place.path, listing, mention, root, &left) {
        units.append((place, file))
      }
    }
    guard
      units.contains(where: { isOfInterest($0.1) })
        || listing.dropIns.contains(where: { Self.template(of: $0.name) != nil })
    else { return [] }
    let wanted = listing.wanted(in: root)
    // An instance of a template exists where it is wanted, without a file of its own.
    for name in wanted.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      guard !listing.units.contains(where: { $0.name == name }),
        let template = Self.template(of: name),
        var place = listing.units.first(where: { $0.name == template }),
        let file = file(of: name, place.path, listing, mention, root, &left)
      else { continue }
      place.name = name
      units.append((place, file))
    }
    return units.filter { isOfInterest($0.1) }.map { place, file in
      Found(
        name: place.name, path: place.path, file: file, isEnabled: wanted.contains(place.name))
    }
  }

  /// The file of a unit with its drop-ins; nil when it is masked, can't be read or can't be of interest.
  private func file(
    of name: [UInt8], _ path: [UInt8], _ listing: UnitListing, _ mention: [UInt8],
    _ root: borrowing RootDirectory, _ left: inout Int
  ) -> UnitFile? {
    guard left > 0, let text = root.contents(of: path, limit: Self.fileLimit), !text.isEmpty else {
      return nil
    }
    left -= text.count
    if listing.dropIns.isEmpty, ByteSearch.find(mention, in: text) == nil,
      !text.contains(UInt8(ascii: "%"))
    {
      return nil
    }
    var file = UnitFile()
    file.add(text)
    if listing.dropIns.isEmpty { return file }
    let slash = [UInt8(ascii: "/")]
    for wanted in Self.dropInNames(name) {
      for folder in listing.dropIns where folder.name == wanted {
        for extra in root.names(in: folder.path) where extra.suffix(5).elementsEqual(".conf".utf8) {
          guard left > 0,
            let text = root.contents(of: folder.path + slash + extra, limit: Self.fileLimit)
          else { continue }
          left -= text.count
          file.add(text)
        }
      }
    }
    return file
  }

  /// `web@.socket` of `web@3699.socket`; nil for anything else.
  private static func template(of name: [UInt8]) -> [UInt8]? {
    guard let parts = UnitName.parts(name), let instance = parts.instance, !instance.isEmpty else {
      return nil
    }
    return parts.prefix + Array("@.".utf8) + parts.kind
  }

  /// Folders of drop-ins that apply to a unit, the least specific first.
  private static func dropInNames(_ name: [UInt8]) -> [[UInt8]] {
    let end = Array(".d".utf8)
    return [Array("socket.d".utf8)] + (template(of: name).map { [$0 + end] } ?? []) + [name + end]
  }
}
