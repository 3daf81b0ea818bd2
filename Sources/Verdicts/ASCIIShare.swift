extension Collection<UInt8> {
  /// Bytes that are printable ASCII, blanks or line ends.
  var textCount: Int { count { (0x20...0x7e).contains($0) || (9...13).contains($0) } }

  /// Whether at least nine of ten bytes are text; nothing is not text.
  var isMostlyText: Bool { !isEmpty && textCount * 10 >= count * 9 }
}
