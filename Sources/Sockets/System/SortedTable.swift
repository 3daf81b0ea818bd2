/// Values by keys, in lists that are sorted and not hashed: for the few things that are looked up at each start, where the
/// first use of a kind of dictionary costs more than all there is to do.
package struct SortedTable<Key: Comparable, Value> {
  private var keys: [Key] = []
  /// Where the value of each key is.
  private var places: [Int] = []
  private var values: [Value] = []

  package init() {}

  /// The value of a key. None can be taken away again.
  package subscript(key: Key) -> Value? {
    let place = keys.firstIndex(notBefore: { $0 < key })
    return place < keys.endIndex && keys[place] == key ? values[places[place]] : nil
  }

  /// Notes the value of a key, in place of one that it had.
  package mutating func note(_ value: Value, of key: Key) {
    let place = keys.firstIndex(notBefore: { $0 < key })
    if place < keys.endIndex, keys[place] == key {
      values[places[place]] = value
    } else {
      keys.insert(key, at: place)
      places.insert(values.count, at: place)
      values.append(value)
    }
  }
}
