import Glibc

/// Names of interfaces by the kernel's index.
public enum InterfaceNames {
  /// The name of an index; nil when there is none (any more). The corresponding C function is
  /// `if_indextoname`.
  public static func name(of index: UInt32) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(IF_NAMESIZE))
    guard unsafe if_indextoname(index, &buffer) != nil else { return nil }
    return String(cCharacters: buffer)
  }
}
