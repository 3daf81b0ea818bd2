import Flows
import Packets

extension Recogniser {
  /// Riak's protocol buffers: messages of length, code and a protocol buffer that fills them; each answer has the code
  /// that its request's allows.
  static let riak = Recogniser(
    name: "riak", title: "Riak (protocol buffers)",
    specification: "Riak documentation: Protocol Buffers Client API",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    var said: [Side: [Request]] = [:]
    for side in Side.allCases {
      let run = MessageRun(of: side, in: conversation, most: 16) { walk, _ throws(Misfit) in
        let length = try walk.count32(atMost: 1 << 26)
        guard length >= 1, names[try walk.uint8()] != nil else { throw .wrong }
        return length + 4
      }
      guard !run.isWrong else { return .no }
      for message in run.whole {
        guard let body = ProtocolBuffer(message.bytes.dropFirst(5)),
          body.entries.allSatisfy({ $0.number <= 32 })
        else { return .no }
        said[side, default: []].append(
          Request(code: message.bytes[message.bytes.startIndex + 4], message: message, body: body))
      }
    }
    guard let asked = said[.client], let answered = said[.server] else { return .undecided }
    // Requests are answered in turn; a listing or a search may come in several parts.
    var answers = answered[...]
    var told = 0
    for request in asked {
      guard request.code > 0, let answer = answers.first else { break }
      guard answer.code == 0 || answer.code == request.code &+ 1 else { return .no }
      told += request.message.bytes.count - 5 + answer.message.bytes.count - 5
      answers = answers.dropFirst()
      while answers.first?.code == answer.code, asked.count < answered.count {
        answers = answers.dropFirst()
      }
    }
    // A ping and its answer are ten bytes: something must have been said in a protocol buffer.
    guard told >= 12, let first = asked.first, let answer = answered.first else {
      return .undecided
    }
    var facts = [Fact(.method, names[first.code] ?? "")]
    // Bucket and key come first in what concerns an object.
    let request = asked.first { (9...13).contains($0.code) }
    if let bucket = request?.body.bytes(of: 1) { facts.append(Fact(.topic, bucket)) }
    return .yes(
      Recognition(
        "riak", .answered,
        grounds: [
          Ground(.client, first.message.offset, first.message.bytes.count, "request"),
          Ground(.server, answer.message.offset, answer.message.bytes.count, "its response"),
        ], facts: facts))
  }

  private struct Request {
    let code: UInt8
    let message: MessageRun.Message
    let body: ProtocolBuffer
  }

  private static let names: [UInt8: String] = [
    0: "ErrorResp", 1: "PingReq", 2: "PingResp", 3: "GetClientIdReq", 4: "GetClientIdResp",
    5: "SetClientIdReq", 6: "SetClientIdResp", 7: "GetServerInfoReq", 8: "GetServerInfoResp",
    9: "GetReq", 10: "GetResp", 11: "PutReq", 12: "PutResp", 13: "DelReq", 14: "DelResp",
    15: "ListBucketsReq", 16: "ListBucketsResp", 17: "ListKeysReq", 18: "ListKeysResp",
    19: "GetBucketReq", 20: "GetBucketResp", 21: "SetBucketReq", 22: "SetBucketResp",
    23: "MapRedReq", 24: "MapRedResp", 25: "IndexReq", 26: "IndexResp", 27: "SearchQueryReq",
    28: "SearchQueryResp", 29: "ResetBucketReq", 30: "ResetBucketResp", 31: "GetBucketTypeReq",
    32: "SetBucketTypeReq", 40: "CSBucketReq", 41: "CSBucketResp", 50: "CounterUpdateReq",
    51: "CounterUpdateResp", 52: "CounterGetReq", 53: "CounterGetResp",
    54: "YokozunaIndexGetReq", 55: "YokozunaIndexGetResp", 56: "YokozunaIndexPutReq",
    57: "YokozunaIndexDeleteReq", 58: "YokozunaSchemaGetReq", 59: "YokozunaSchemaGetResp",
    60: "YokozunaSchemaPutReq", 80: "DtFetchReq", 81: "DtFetchResp", 82: "DtUpdateReq",
    83: "DtUpdateResp", 90: "TsQueryReq", 91: "TsQueryResp", 253: "AuthReq", 254: "AuthResp",
    255: "StartTls",
  ]
}
