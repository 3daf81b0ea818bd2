import CArchive

/// libarchive itself, which is loaded when it is needed.
public enum ArchiveLibrary {
  /// Whether it can be loaded.
  public static var isPresent: Bool { carchive_load() != 0 }
}
