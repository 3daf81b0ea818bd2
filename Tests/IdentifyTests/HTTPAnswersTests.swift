import Flows
import Packets
import Testing

@testable import Identify

@Suite struct HTTPAnswersTests {
  private func said(_ answers: [String]) -> Conversation {
    Conversation(
      .tcp,
      answers.flatMap { answer in
        [
          (Side.client, Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)),
          (Side.server, Array(answer.utf8)),
        ]
      })
  }

  private func status(_ number: Int) -> String {
    "HTTP/1.1 \(number) x\r\nContent-Length: 0\r\n\r\n"
  }

  @Test func `Answers of a connection are counted by their status, one alone is not`() {
    #expect(HTTPAnswers.words(said([status(200)])) == nil)
    #expect(
      HTTPAnswers.words(said([404, 200, 404].map(status))) == "1 x 200, 2 x 404")
    let facts = Identification(of: said([404, 200, 404].map(status))).recognition?.facts ?? []
    #expect(facts.first { $0.field == .answers }?.value == "1 x 200, 2 x 404")
  }

  @Test func `What is no final answer, or no answer at all, is not counted`() {
    let others = [
      status(100), "HTTP/1.1 20", "HTTP/2 200 x\r\n", "HTTP/1.1 999 x\r\n", "a body of text",
    ]
    #expect(HTTPAnswers.words(said(others)) == nil)
    #expect(HTTPAnswers.words(said(others + [status(200), status(500)])) == "1 x 200, 1 x 500")
  }

  @Test func `Of what was not kept it is said that there may be more`() {
    var conversation = said([status(200), status(404)])
    conversation.server.total += 1
    #expect(HTTPAnswers.words(conversation) == "at least 1 x 200, 1 x 404")
  }
}
