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
    #expect(HTTPAnswers(said([status(200)])).words == nil)
    #expect(
      HTTPAnswers(said([404, 200, 404].map(status))).words == "1 x 200, 2 x 404")
    let facts = Identification(of: said([404, 200, 404].map(status))).recognition?.facts ?? []
    #expect(facts.first { $0.field == .answers }?.value == "1 x 200, 2 x 404")
  }

  @Test func `What is no final answer, or no answer at all, is not counted`() {
    let others = [
      status(100), "HTTP/1.1 20", "HTTP/2 200 x\r\n", "HTTP/1.1 999 x\r\n", "a body of text",
    ]
    #expect(HTTPAnswers(said(others)).words == nil)
    #expect(HTTPAnswers(said(others + [status(200), status(500)])).words == "1 x 200, 1 x 500")
  }

  @Test func `Of what was not kept it is said that there may be more`() {
    var conversation = said([status(200), status(404)])
    conversation.server.total += 1
    #expect(HTTPAnswers(conversation).words == "at least 1 x 200, 1 x 404")
  }

  @Test func `The first request that was refused is told, where requests and answers go together`()
  {
    func talk(_ turns: [(Side, String)]) -> HTTPAnswers {
      HTTPAnswers(Conversation(.tcp, turns.map { ($0.0, Array($0.1.utf8)) }))
    }
    func get(_ path: String) -> (Side, String) {
      (.client, "GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
    }
    func told(_ number: Int) -> (Side, String) { (.server, status(number)) }
    #expect(
      talk([get("/a"), told(200), get("/b"), told(502), get("/c"), told(404)]).refused == "GET /b")
    #expect(talk([get("/a"), told(200), get("/b"), told(204)]).refused == nil)
    // An answer that nothing asked for: what follows belongs to nobody knows what.
    #expect(talk([told(200), get("/b"), told(502)]).refused == nil)
    let facts =
      Identification(
        of: Conversation(
          .tcp,
          [get("/a"), told(200), get("/b"), told(502)].map { ($0.0, Array($0.1.utf8)) })
      ).recognition?.facts ?? []
    #expect(facts.first { $0.field == .refused }?.value == "GET /b")
  }
}
