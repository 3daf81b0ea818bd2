import CZlib

/// zlib itself, which is loaded when it is needed.
public enum GzipLibrary {
  /// Whether it can be loaded.
  public static var isPresent: Bool { czlib_load() != 0 }
}
