public import Identify
import Packets

/// Every application that can be named, with what its recogniser rests on.
public enum Protocols {
  /// The table, a line a protocol under one line of headings; on a terminal that is too narrow for it a few lines each.
  public static func text(_ recognisers: [Recogniser], style: Style = Style()) -> [String] {
    let rows = recognisers.sorted { $0.name < $1.name }.map { recogniser in
      [
        Escaped.text(recogniser.name), Escaped.text(recogniser.title),
        transports(recogniser).joined(separator: ","), bases(recogniser).joined(separator: ","),
        Escaped.text(recogniser.specification),
      ]
    }
    let table = Columns.lines([["NAME", "TITLE", "OVER", "TESTED ON", "SPECIFICATION"]] + rows)
    guard style.isTerminal, let width = style.width, table.contains(where: { $0.count > width })
    else { return table }
    let report = TextReport(style: style)
    return rows.flatMap { row in
      report.laid(Columns.padded(row[0], 20) + " " + row[1], indent: 21)
        + report.laid("  over \(row[2]), tested on \(row[3]): \(row[4])", indent: 2)
    }
  }

  /// The protocols that are left unnamed on purpose, a line each under one line of headings.
  public static func text(_ unnamed: [UnnamedProtocol]) -> [String] {
    let rows = unnamed.map {
      [Escaped.text($0.name), Escaped.text($0.title), Words.of($0.reason)]
    }
    return Columns.lines([["NOT NAMED", "TITLE", "WHY"]] + rows)
  }

  /// The products that are told behind an application, a line each under one line of headings.
  public static func text(_ products: [NamedProduct]) -> [String] {
    let rows = products.map { [Escaped.text($0.name), $0.carriers.joined(separator: ",")] }
    return Columns.lines([["PRODUCT", "TOLD BEHIND"]] + rows)
  }

  /// The tables as JSON: `named` is false of what is no application's name, and `reason` says why.
  public static func json(
    _ recognisers: [Recogniser], _ unnamed: [UnnamedProtocol], _ products: [NamedProduct]
  ) -> JSONValue {
    .array(
      recognisers.sorted { $0.name < $1.name }.map { recogniser in
        .object([
          "named": .bool(true), "name": .string(recogniser.name),
          "title": .string(recogniser.title),
          "specification": .string(recogniser.specification),
          "transports": .array(transports(recogniser).map(JSONValue.string)),
          "basis": .array(bases(recogniser).map(JSONValue.string)),
        ])
      }
        + unnamed.map {
          .object([
            "named": .bool(false), "name": .string($0.name), "title": .string($0.title),
            "reason": .string($0.reason.rawValue),
          ])
        }
        + products.map {
          .object([
            "named": .bool(false), "name": .string($0.name), "reason": "product",
            "carriers": .array($0.carriers.map(JSONValue.string)),
          ])
        })
  }

  private static func transports(_ recogniser: Recogniser) -> [String] {
    Transport.allCases.filter { recogniser.transports.contains($0) }.map(\.rawValue)
  }

  private static func bases(_ recogniser: Recogniser) -> [String] {
    let named: [(Basis, String)] = [
      (.recorded, "recorded"), (.built, "built"), (.corpus, "corpus"),
    ]
    return named.filter { recogniser.basis.contains($0.0) }.map(\.1)
  }
}
