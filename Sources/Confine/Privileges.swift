import Glibc

/// Rights that came from another user.
public enum Privileges {
  /// The user who started the program through sudo; nil when nobody did, or when the program is not root.
  public static var invokingUser: Account? {
    guard geteuid() == 0 else { return nil }
    return Account(user: variable("SUDO_UID"), group: variable("SUDO_GID"))
  }

  /// Who a process becomes that shall have no rights: the user who started the program through sudo, else nobody; nil
  /// when this process is not root, and stays who it is.
  public static var unprivileged: Account? {
    guard geteuid() == 0 else { return nil }
    // Root by way of sudo is root.
    if let user = invokingUser, user.user != 0 { return user }
    return .nobody
  }

  private static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}
