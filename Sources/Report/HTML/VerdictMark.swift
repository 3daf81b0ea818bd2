import Verdicts

/// How a class of verdicts looks on a page: a sign and a colour, always beside its name.
enum VerdictMark {
  /// The style sheet's name for the colour.
  static func style(_ verdictClass: VerdictClass) -> String {
    switch verdictClass {
    case .genuineKPNICW, .icwFamily, .consistentWithICW: "icw"
    case .otherApplication: "application"
    case .portCoincidence: "coincidence"
    case .scan: "scan"
    case .backscatter: "backscatter"
    case .undetermined: "open"
    }
  }

  /// A sign of its own for each class, so that colour is never the only one.
  static func sign(_ verdictClass: VerdictClass) -> String {
    switch verdictClass {
    case .genuineKPNICW: "\u{25c6}"
    case .icwFamily: "\u{25c8}"
    case .consistentWithICW: "\u{25c7}"
    case .otherApplication: "\u{25a0}"
    case .portCoincidence: "\u{25b2}"
    case .scan: "\u{2715}"
    case .backscatter: "\u{21a9}"
    case .undetermined: "\u{25cb}"
    }
  }

  /// Sign and name, and the application behind it.
  static func badge(_ verdictClass: VerdictClass, _ application: String? = nil) -> Markup {
    .element(
      "span", ["class": "verdict \(style(verdictClass))"],
      .element("span", ["aria-hidden": "true"], sign(verdictClass)),
      Markup(" " + verdictClass.rawValue),
      application.map { .element("b", Markup(" "), Markup($0)) } ?? .none)
  }
}
