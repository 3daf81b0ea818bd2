import Glibc

/// A file that has no name any more: it is gone when its last descriptor is closed, however that comes about.
public enum UnnamedFile {
  /// A descriptor of a new one in `folder`, for reading and writing. The corresponding C functions are `mkstemp` and
  /// `unlink`.
  ///
  /// - Throws: `CaptureError` when no file can be made there.
  public static func descriptor(in folder: String) throws(CaptureError) -> Int32 {
    var template = RawPath.terminated(folder + "/.icwscan-XXXXXX")
    let descriptor = unsafe template.withUnsafeMutableBufferPointer {
      unsafe mkstemp($0.baseAddress!)
    }
    guard descriptor >= 0 else { throw CaptureError(source: folder, code: errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = unsafe unlink(template)
    return descriptor
  }
}
