import Glibc

@testable import Sockets

/// A folder that stands for `/`, removed at the end.
final class Folder {
  let path: String

  init() {
    var template = Array("\(P_tmpdir)/icwscan-root-XXXXXX".utf8CString)
    _ = unsafe template.withUnsafeMutableBufferPointer { unsafe mkdtemp($0.baseAddress!) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { TestProcess(["/bin/rm", "-rf", path])?.wait() }

  /// A file with its folders.
  func write(_ name: String, _ text: String) {
    makeFolders(name)
    let file = unsafe open(path + name, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    let bytes = Array(text.utf8)
    _ = unsafe Glibc.write(file, bytes, bytes.count)
    _ = close(file)
  }

  /// A symbolic link with its folders.
  func link(_ name: String, to target: String) {
    makeFolders(name)
    _ = unsafe symlink(target, path + name)
  }

  private func makeFolders(_ name: String) {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/" + part
      _ = unsafe mkdir(folder, 0o755)
    }
  }
}
