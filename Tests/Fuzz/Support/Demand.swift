import Glibc

@testable import Report

/// Stops the process, so that the fuzzer keeps the input, where something does not hold that has to.
func demand(_ holds: Bool, _ what: @autoclosure () -> String) {
  if holds { return }
  print("does not hold:", what())
  if let input = CurrentInput.text { print(input) }
  fflush(nil)
  abort()
}

/// Lines for a terminal: nothing in them that moves it, hides itself or ends the line.
func demandShowable(_ lines: [String]) {
  for line in lines {
    demand(
      !line.unicodeScalars.contains { Escaped.isHidden($0) },
      "a line has nothing hidden: \(line.debugDescription)")
  }
}

/// A record: one line of JSON that reads back as what it was written from, with nothing in it that moves a terminal.
func demandRecord(_ value: JSONValue) {
  let line = value.line
  demand(line.last == 10, "a record ends its line")
  demandShowable([String(decoding: line.dropLast(), as: UTF8.self)])
  let again = JSONValue(parsing: line)
  demand(again != nil, "a record is JSON: \(String(decoding: line, as: UTF8.self))")
  demand(again?.line == line, "a record reads back: \(String(decoding: line, as: UTF8.self))")
}
