// Confine
/// temp
public enum Landlock { public static var version: Int? { nil } }
