import CSeccomp

/// libseccomp itself, which is loaded when a filter is made.
public enum SeccompLibrary {
  /// Whether it can be loaded.
  public static var isPresent: Bool { cseccomp_load() != 0 }
}
