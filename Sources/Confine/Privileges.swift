import Glibc

/// Rights that came from another user.
public enum Privileges {
  /// The user who started the program through sudo; nil when nobody did, or when the program is not root.
  public static var invokingUser: InvokingUser? {
    guard geteuid() == 0 else { return nil }
    return InvokingUser(user: variable("SUDO_UID"), group: variable("SUDO_GID"))
  }

  private static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}
