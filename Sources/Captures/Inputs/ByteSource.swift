/// Where the bytes of an input come from: a descriptor, or something that unpacks others.
protocol ByteSource: AnyObject {
  /// Fills the front of `memory`, which is never empty, and says how far; zero is the end.
  ///
  /// - Throws: `CaptureError`; after `interrupted` the next call goes on where this one stopped.
  func read(into memory: UnsafeMutableRawBufferPointer) throws(CaptureError) -> Int
}
