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

  /// Every socket unit of these folders, with its drop-ins; those that are masked are left out.
  func sockets(in folders: [String]) -> [Found] {
    guard let root = RootDirectory(path) else { return [] }
    let end = Array(".socket".utf8)
    var places: [[UInt8]: [UInt8]] = [:]
    var dropIns: [[UInt8]: [[UInt8]]] = [:]
    var wanted: Set<[UInt8]> = []
    var order: [[UInt8]] = []
    for folder in folders {
      let head = Array("\(folder)/".utf8)
      for name in root.names(in: folder) {
        if name.count > end.count, name.suffix(end.count).elementsEqual(end) {
          if places[name] == nil {
            places[name] = head + name
            order.append(name)
          }
        } else if name.suffix(9).elementsEqual(".socket.d".utf8)
          || name.elementsEqual("socket.d".utf8)
        {
          dropIns[name, default: []].append(head + name)
        } else if name.suffix(6).elementsEqual(".wants".utf8)
          || name.suffix(9).elementsEqual(".requires".utf8)
        {
          guard let path = String(validating: head + name, as: UTF8.self) else { continue }
          wanted.formUnion(root.names(in: path).filter { $0.suffix(7).elementsEqual(end) })
        }
      }
    }
    // An instance of a template exists where it is wanted, without a file of its own.
    for name in wanted.sorted(by: { $0.lexicographicallyPrecedes($1) }) where places[name] == nil {
      guard let template = Self.template(of: name), let path = places[template] else { continue }
      places[name] = path
      order.append(name)
    }
    return order.compactMap { name in
      guard let path = places[name], let text = root.contents(of: path, limit: Self.fileLimit),
        !text.isEmpty
      else { return nil }
      var file = UnitFile()
      file.add(text)
      for folder in Self.dropInNames(name).flatMap({ dropIns[$0] ?? [] }) {
        guard let path = String(validating: folder, as: UTF8.self) else { continue }
        for extra in root.names(in: path) where extra.suffix(5).elementsEqual(".conf".utf8) {
          let slash = [UInt8(ascii: "/")]
          if let text = root.contents(of: folder + slash + extra, limit: Self.fileLimit) {
            file.add(text)
          }
        }
      }
      return Found(name: name, path: path, file: file, isEnabled: wanted.contains(name))
    }
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
