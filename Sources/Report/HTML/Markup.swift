/// HTML that is well-formed by construction: text and the values of attributes are escaped on their way in, and every
/// element is closed. It is XML as well (polyglot markup), so that a strict parser can check it.
struct Markup: Hashable, Sendable {
  /// The markup itself.
  private(set) var source: String

  /// Elements that have no content and no end tag in HTML.
  private static let void: Set<String> = ["meta", "br"]

  /// Text; what came from outside has been through `Escaped` before.
  init(_ text: String) { source = HTML.escape(text) }

  private init(source: String) { self.source = source }

  /// Nothing.
  static let none = Markup(source: "")
  /// A line's end, for preformatted text.
  static let newline = Markup(source: "\n")

  /// Attributes in their order.
  typealias Attributes = KeyValuePairs<String, String>

  /// A whole element; names of elements and attributes are this program's own.
  static func element(_ name: String, _ attributes: Attributes, _ content: [Markup]) -> Markup {
    var source = "<" + name
    for (key, value) in attributes { source += " \(key)=\"\(HTML.escape(value))\"" }
    if void.contains(name) { return Markup(source: source + " />") }
    source += ">"
    for part in content { source += part.source }
    return Markup(source: source + "</\(name)>")
  }

  /// The same, its content told one by one.
  static func element(_ name: String, _ attributes: Attributes, _ content: Markup...) -> Markup {
    element(name, attributes, content)
  }

  /// The same of text alone.
  static func element(_ name: String, _ attributes: Attributes, _ text: String) -> Markup {
    element(name, attributes, [Markup(text)])
  }

  /// An element without attributes.
  static func element(_ name: String, _ content: [Markup]) -> Markup { element(name, [:], content) }

  /// The same, its content told one by one.
  static func element(_ name: String, _ content: Markup...) -> Markup {
    element(name, [:], content)
  }

  /// The same of text alone.
  static func element(_ name: String, _ text: String) -> Markup {
    element(name, [:], [Markup(text)])
  }

  /// A script or style sheet of this program's own: it has no `<` and no `&`, so it reads alike in HTML and in XML.
  static func code(_ name: String, _ code: String) -> Markup {
    precondition(!code.contains("<") && !code.contains("&"), "not the same in HTML and XML")
    return Markup(source: "<\(name)>\(code)</\(name)>")
  }

  /// The parts one behind the other.
  static func all(_ parts: [Markup], separator: Markup = .none) -> Markup {
    Markup(source: parts.map(\.source).joined(separator: separator.source))
  }

  static func + (one: Markup, other: Markup) -> Markup { Markup(source: one.source + other.source) }

  static func += (one: inout Markup, other: Markup) { one.source += other.source }
}
