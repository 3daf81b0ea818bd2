/// What an interpreter runs, by its arguments.
public struct InterpretedProgram: Hashable, Sendable {
  /// In which form it was named.
  public enum Form: String, Hashable, Sendable, CaseIterable {
    /// A file.
    case script
    /// A module (`python3 -m http.server`) or a main class (`java org.example.Server`).
    case module
    /// A Java archive.
    case archive
    /// Code on the command line itself.
    case inline
  }

  /// The form.
  public var form: Form
  /// Its path as given, or its name; raw. Empty for inline code.
  public var name: [UInt8]
  /// The interpreter that the executable holds, where its name tells of none; nil where it does.
  public var interpreter: Interpreter?

  /// Interpreters that are known by what their files hold.
  public enum Interpreter: String, Hashable, Sendable, CaseIterable {
    case python, perl, ruby
  }

  /// A program.
  public init(form: Form, name: [UInt8]) {
    self.form = form
    self.name = name
  }
}
