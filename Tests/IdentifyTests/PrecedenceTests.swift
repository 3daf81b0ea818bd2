import Flows
import Packets
import Testing

@testable import Identify

/// Which of two recognitions goes first, and the reason that is told.
@Suite struct PrecedenceTests {
  private static func recognition(
    _ name: String, _ strength: Recognition.Strength, at offset: Int = 0, refines: String? = nil
  ) -> Recognition {
    Recognition(
      name, strength, grounds: [Ground(.client, offset, 4, "bytes")], refines: refines)
  }

  private static func recogniser(_ recognition: Recognition) -> Recogniser {
    Recogniser(
      name: recognition.application, title: "", specification: "", transports: [.tcp],
      basis: [.built]
    ) { _ in .yes(recognition) }
  }

  /// The winner, then each other with its reason.
  private static func order(_ recognitions: [Recognition]) -> [String] {
    let found = Identification(
      of: Conversation(.tcp, [(.client, [1, 2, 3, 4])]), by: recognitions.map(recogniser))
    return [found.recognition?.application ?? "-"]
      + found.runnersUp.map { "\($0.application) \($0.precedence)" }
  }

  @Test func `more that speaks for it wins`() {
    #expect(
      Self.order([Self.recognition("a", .oneSided), Self.recognition("b", .answered)])
        == ["b", "a strength"])
  }

  @Test func `what is carried wins over what carries it, whatever the strengths`() {
    #expect(
      Self.order([
        Self.recognition("a", .proven), Self.recognition("b", .oneSided, refines: "a"),
      ]) == ["b", "a carried"])
  }

  @Test func `a third that beats nothing but the carrier does not hide why the carrier lost`() {
    #expect(
      Self.order([
        Self.recognition("a", .proven), Self.recognition("b", .oneSided, refines: "a"),
        Self.recognition("c", .consistent),
      ]) == ["c", "b strength", "a carried"])
  }

  @Test func `earlier bytes win among equals, then the name`() {
    #expect(
      Self.order([
        Self.recognition("b", .answered), Self.recognition("a", .answered),
        Self.recognition("c", .answered, at: 9),
      ]) == ["a", "b name", "c beginning"])
  }
}
