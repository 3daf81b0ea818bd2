import Captures
import Glibc

/// The files that the command line names: a directory stands for all files below it, by name.
enum InputList {
  /// One input.
  struct Input: Hashable, Sendable {
    /// As typed, or the typed directory, `/`, and the rest.
    let path: String
    /// Whether it was found in a directory rather than named: then it need not be a capture.
    let isFound: Bool

    /// Whether an error says no more than that what a folder holds is no capture: a link whose target is gone, too. What
    /// calls itself a capture and is none is told of.
    func isPassedOver(_ error: CaptureError) -> Bool {
      guard isFound, error.member == nil else { return false }
      return switch error.failure {
      case .notACapture, .empty: !CaptureName.isOne(RawPath.bytes(path))
      case .notFound: true
      default: false
      }
    }
  }

  /// Directories inside directories that are followed.
  static let deepest = 32
  /// Files taken from directories at most.
  static let most = 1_000_000

  /// The inputs in order.
  static func expand(_ paths: [String]) -> [Input] {
    var inputs: [Input] = []
    for path in paths {
      if path != "-", isDirectory(path) {
        walk(
          path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path, depth: 0,
          into: &inputs)
      } else {
        inputs.append(Input(path: path, isFound: false))
      }
    }
    return inputs
  }

  /// Bytes of all inputs; nil where one of them is no file.
  static func size(_ inputs: [Input]) -> UInt64? {
    var sum: UInt64 = 0
    for input in inputs {
      var status = stat()
      let found =
        input.path == "-"
        ? unsafe fstat(STDIN_FILENO, &status) : unsafe stat(RawPath.terminated(input.path), &status)
      // One that is not there is told later.
      guard found == 0 else { continue }
      guard status.st_mode & S_IFMT == S_IFREG else { return nil }
      sum &+= UInt64(max(0, status.st_size))
    }
    return sum
  }

  private static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(RawPath.terminated(path), &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Symbolic links to directories are not followed: they can lead in circles.
  private static func walk(_ directory: String, depth: Int, into inputs: inout [Input]) {
    guard depth < deepest, let handle = unsafe opendir(RawPath.terminated(directory)) else {
      // Named like a file, so that reading it says why it can't be.
      inputs.append(Input(path: directory, isFound: false))
      return
    }
    var names: [String] = []
    while let entry = unsafe readdir(handle) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        RawPath.text(unsafe Array(bytes.prefix { $0 != 0 }))
      }
      if name != ".", name != ".." { names.append(name) }
    }
    unsafe closedir(handle)
    for name in names.sorted() {
      guard inputs.count < most else { return }
      let path = directory == "/" ? "/" + name : directory + "/" + name
      var status = stat()
      guard unsafe lstat(RawPath.terminated(path), &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: walk(path, depth: depth + 1, into: &inputs)
      case S_IFREG: inputs.append(Input(path: path, isFound: true))
      case S_IFLNK where !isDirectory(path): inputs.append(Input(path: path, isFound: true))
      default: continue
      }
    }
  }
}
