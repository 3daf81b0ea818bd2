extension RandomAccessCollection where Index == Int {
  /// The first place of a sorted list whose element does not come before what is looked for; its end when all do.
  func firstIndex(notBefore comesBefore: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if comesBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
