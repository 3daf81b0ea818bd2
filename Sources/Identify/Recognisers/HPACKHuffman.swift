/// The Huffman code of HPACK (RFC 7541 appendix B). It is canonical: the lengths alone give the code.
enum HPACKHuffman {
  /// The symbols by length in bits, in the order of their codes; 256 ends a string and never stands in one.
  static let symbols: [(bits: Int, symbols: [Int])] = [
    (5, [0x30, 0x31, 0x32, 0x61, 0x63, 0x65, 0x69, 0x6f, 0x73, 0x74]),
    (
      6,
      [0x20, 0x25, 0x2d, 0x2e, 0x2f] + (0x33...0x39) + [0x3d, 0x41, 0x5f, 0x62, 0x64]
        + [0x66, 0x67, 0x68, 0x6c, 0x6d, 0x6e, 0x70, 0x72, 0x75]
    ),
    (
      7,
      [0x3a] + (0x42...0x57) + [0x59, 0x6a, 0x6b, 0x71, 0x76, 0x77, 0x78, 0x79, 0x7a]
    ),
    (8, [0x26, 0x2a, 0x2c, 0x3b, 0x58, 0x5a]),
    (10, [0x21, 0x22, 0x28, 0x29, 0x3f]),
    (11, [0x27, 0x2b, 0x7c]),
    (12, [0x23, 0x3e]),
    (13, [0x00, 0x24, 0x40, 0x5b, 0x5d, 0x7e]),
    (14, [0x5e, 0x7d]),
    (15, [0x3c, 0x60, 0x7b]),
    (19, [0x5c, 195, 208]),
    (20, [128, 130, 131, 162, 184, 194, 224, 226]),
    (21, [153, 161, 167, 172, 176, 177, 179, 209, 216, 217, 227, 229, 230]),
    (
      22,
      [129, 132, 133, 134, 136, 146, 154, 156, 160, 163, 164, 169, 170, 173, 178, 181, 185, 186]
        + [187, 189, 190, 196, 198, 228, 232, 233]
    ),
    (
      23,
      [1, 135, 137, 138, 139, 140, 141, 143, 147, 149, 150, 151, 152, 155, 157, 158, 165, 166, 168]
        + [174, 175, 180, 182, 183, 188, 191, 197, 231, 239]
    ),
    (24, [9, 142, 144, 145, 148, 159, 171, 206, 215, 225, 236, 237]),
    (25, [199, 207, 234, 235]),
    (26, [192, 193, 200, 201, 202, 205, 210, 213, 218, 219, 238, 240, 242, 243, 255]),
    (27, [203, 204, 211, 212, 214, 221, 222, 223, 241, 244, 245, 246, 247, 248] + (250...254)),
    (
      28, (2...8) + [11, 12] + (14...21) + (23...31) + [127, 220, 249]
    ),
    (30, [10, 13, 22, 256]),
  ]

  /// The bytes that `coded` stands for; nil when it holds the end symbol or more than seven bits of padding.
  static func decode(_ coded: ArraySlice<UInt8>) -> [UInt8]? {
    var decoded: [UInt8] = []
    var code: UInt32 = 0
    var bits = 0
    for byte in coded {
      for shift in stride(from: 7, through: 0, by: -1) {
        code = code << 1 | UInt32(byte >> UInt8(shift) & 1)
        bits += 1
        if let symbol = codes[Code(bits: bits, value: code)] {
          guard symbol < 256 else { return nil }
          decoded.append(UInt8(truncatingIfNeeded: symbol))
          code = 0
          bits = 0
        } else if bits >= 30 {
          return nil
        }
      }
    }
    // What is left must be the beginning of the end symbol, all ones (RFC 7541 section 5.2).
    guard bits < 8, code == (1 << UInt32(bits)) - 1 else { return nil }
    return decoded
  }

  struct Code: Hashable {
    let bits: Int
    let value: UInt32
  }

  static let codes: [Code: Int] = {
    var codes: [Code: Int] = [:]
    var next: UInt32 = 0
    var bits = 0
    for group in symbols {
      next <<= UInt32(group.bits - bits)
      bits = group.bits
      for symbol in group.symbols {
        codes[Code(bits: bits, value: next)] = symbol
        next &+= 1
      }
    }
    return codes
  }()
}
