/// The members of a JSON object; written in the order of their names.
public struct JSONObject: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// One member.
  public struct Member: Hashable, Sendable {
    /// Its name.
    public let key: String
    /// Its value.
    public let value: JSONValue
  }

  /// The members, in the order in which they came.
  public private(set) var members: [Member] = []

  /// No members.
  public init() {}

  /// The members whose value is not nil.
  public init(dictionaryLiteral elements: (String, JSONValue?)...) {
    members.reserveCapacity(elements.count)
    for (key, value) in elements { if let value { members.append(Member(key: key, value: value)) } }
  }

  /// Whether there is nothing in it.
  public var isEmpty: Bool { members.isEmpty }

  /// The value of a name; setting nil takes the member away.
  public subscript(key: String) -> JSONValue? {
    get { members.first { $0.key == key }?.value }
    set {
      let index = members.firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let value?): members[index] = Member(key: key, value: value)
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(key: key, value: value))
      case (nil, nil): break
      }
    }
  }

  /// The object as a value; nil when it is empty, so that no empty object is written.
  var orNil: JSONValue? { isEmpty ? nil : .object(self) }
}
