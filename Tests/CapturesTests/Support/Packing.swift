import CArchive
import Captures

/// Compressed files and archives that libarchive writes for a test.
enum Packing {
  /// `content` compressed; .lz and .Z as well as the others.
  static func compressed(_ content: [UInt8], _ compression: Compression) -> [UInt8] {
    write(format: ARCHIVE_FORMAT_RAW, filter: filter(compression), [("content", content)])
  }

  /// An archive of these members, with a compression around it.
  static func archive(
    _ format: Int32, _ members: [(String, [UInt8])], filter: Int32 = ARCHIVE_FILTER_NONE
  ) -> [UInt8] {
    write(format: format, filter: filter, members)
  }

  private static func filter(_ compression: Compression) -> Int32 {
    switch compression {
    case .gzip: ARCHIVE_FILTER_GZIP
    case .zstd: ARCHIVE_FILTER_ZSTD
    case .xz: ARCHIVE_FILTER_XZ
    case .bzip2: ARCHIVE_FILTER_BZIP2
    case .lz4: ARCHIVE_FILTER_LZ4
    case .compress: ARCHIVE_FILTER_COMPRESS
    case .lzip: ARCHIVE_FILTER_LZIP
    }
  }

  private static func write(
    format: Int32, filter: Int32, _ members: [(String, [UInt8])]
  ) -> [UInt8] {
    let room = members.reduce(1 << 20) { $0 + 2 * $1.1.count }
    var packed = [UInt8](repeating: 0, count: room)
    var used = 0
    let archive = unsafe archive_write_new()
    unsafe archive_write_set_format(archive, format)
    unsafe archive_write_add_filter(archive, filter)
    unsafe archive_write_set_bytes_in_last_block(archive, 1)
    unsafe packed.withUnsafeMutableBytes { memory in
      unsafe archive_write_open_memory(archive, memory.baseAddress, memory.count, &used)
      for (name, content) in members {
        let entry = unsafe archive_entry_new()
        unsafe archive_entry_set_pathname(entry, name)
        unsafe archive_entry_set_size(entry, Int64(content.count))
        unsafe archive_entry_set_filetype(entry, 0o100000)
        unsafe archive_entry_set_perm(entry, 0o644)
        unsafe archive_write_header(archive, entry)
        _ = unsafe content.withUnsafeBytes {
          unsafe archive_write_data(archive, $0.baseAddress, $0.count)
        }
        unsafe archive_entry_free(entry)
      }
      _ = unsafe archive_write_close(archive)
    }
    unsafe archive_write_free(archive)
    return Array(packed.prefix(used))
  }
}
