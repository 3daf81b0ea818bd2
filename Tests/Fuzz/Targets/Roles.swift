@testable import Roles

extension FuzzTarget {
  /// What the processes of a live capture say to each other, of which one may have been taken over: what is taken has one
  /// spelling, so nothing that was not looked at comes with it.
  ///
  ///     kind (1: 0 a parser's request, 1 a helper's message, 2 a question for a name, 3 its answer), bytes
  static let roles = FuzzTarget(name: "roles", longest: 4_096) {
    let requests: [ParserRequest] = [
      .nextFile, .sameFile, .sameData, .device(3, isPromiscuous: true),
      .own(number: 7, address: [127, 0, 0, 1]),
    ]
    return requests.map { [0] + $0.bytes } + (1...3).map { [$0] + [UInt8](repeating: 0, count: 64) }
  } run: { bytes in
    var input = FuzzInput(bytes)
    let kind = input.byte()
    let message = input.rest()
    switch kind {
    case 0:
      if let request = ParserRequest(message) {
        demand(request.bytes == message, "a request has one spelling")
      }
    case 1:
      if let answer = HelperMessage(message) {
        demand(HelperMessage(answer.bytes)?.bytes == answer.bytes, "a message reads back")
      }
    case 2:
      if let question = NameQuestion(message) {
        demand(NameQuestion(question.bytes)?.bytes == question.bytes, "a question reads back")
      }
    default:
      if let answer = NameAnswer(message) {
        demand(NameAnswer(answer.bytes)?.bytes == answer.bytes, "an answer reads back")
      }
    }
  }
}
