/// Containers of systemd-nspawn, as systemd-machined notes them in /run/systemd/machines: a file of `NAME=value` lines
/// each
/// (systemd 205 and later). Without it the control group's name is all that is known.
enum MachineState {
  /// Adds the name, and as the image the folder that the container runs in.
  static func complete(
    _ container: inout ContainerDescription, in root: borrowing RootDirectory
  ) {
    let name = UnitName.unescaped(container.identity)
    container.name = name
    guard !name.contains(UInt8(ascii: "/")),
      let text = root.contents(
        of: Array("/run/systemd/machines/".utf8) + name, limit: ContainerSearch.fileLimit)
    else { return }
    let head = Array("ROOT=".utf8)
    for line in text.split(separator: 0x0A) where line.starts(with: head) {
      container.image = Array(line.dropFirst(head.count))
    }
  }
}
