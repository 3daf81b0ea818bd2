import CLinux

/// A rule of nf_tables: expressions that are run in their order until one fails.
struct NFTablesRule: Hashable {
  /// One expression, `payload` or `cmp`, with its attributes.
  struct Expression: Hashable {
    var name: String
    var data: NFTablesAttributes
  }

  /// A rule of more expressions is not understood; nft makes some dozens at most.
  private static let expressionLimit = 256

  var handle: UInt64
  var expressions: [Expression] = []
  /// What `comment` says; nil without one. Raw.
  var comment: [UInt8]?
  /// Whether all of it was understood.
  var isWhole = true

  init(_ object: NFTablesReply.Object) {
    let attributes = object.attributes
    handle = attributes.long(NFTA_RULE_HANDLE) ?? 0
    for element in NetlinkAttributes(attributes[NFTA_RULE_EXPRESSIONS] ?? [], from: 0) {
      let expression = NFTablesAttributes(element.value)
      guard expressions.count < Self.expressionLimit,
        let name = expression.name(NFTA_EXPR_NAME).flatMap({
          String(validating: $0, as: UTF8.self)
        })
      else {
        isWhole = false
        break
      }
      expressions.append(Expression(name: name, data: expression.nested(NFTA_EXPR_DATA)))
    }
    comment = attributes[NFTA_RULE_USERDATA].flatMap { Self.comment(in: $0) }
  }

  /// nft's own data beside a rule: type, length, value; type 0 is the comment.
  private static func comment(in data: [UInt8]) -> [UInt8]? {
    var offset = 0
    while offset + 2 <= data.count {
      let end = offset + 2 + Int(data[offset + 1])
      guard end <= data.count else { return nil }
      if data[offset] == 0 { return Array(data[(offset + 2)..<end].prefix { $0 != 0 }) }
      offset = end
    }
    return nil
  }
}
