/// Pages of a trace ring as Linux 6.18 gave them on a little-endian machine, with the files that describe them. Bytes
/// behind the last event are left out.
enum RecordedTrace {
  static let headerPage = Array(
    """
     field: u64 timestamp; offset:0; size:8; signed:0;
     field: local_t commit; offset:8; size:8; signed:1;
     field: int overwrite; offset:8; size:1; signed:1;
     field: char data; offset:16; size:4080; signed:0;
    """.utf8)

  static let headerEvent = Array(
    """
    # compressed entry header
     type_len    :    5 bits
     time_delta  :   27 bits
     array       :   32 bits

     padding     : type == 29
     time_extend : type == 30
     time_stamp : type == 31
     data max type_len  == 28
    """.utf8)

  static let state = Array(
    """
    ID: 2287
        field:unsigned short common_type; offset:0; size:2; signed:0;
        field:unsigned char common_flags; offset:2; size:1; signed:0;
        field:unsigned char common_preempt_count; offset:3; size:1; signed:0;
        field:int common_pid; offset:4; size:4; signed:1;
        field:const void * skaddr; offset:8; size:8; signed:0;
        field:int oldstate; offset:16; size:4; signed:1;
        field:int newstate; offset:20; size:4; signed:1;
        field:__u16 sport; offset:24; size:2; signed:0;
        field:__u16 dport; offset:26; size:2; signed:0;
        field:__u16 family; offset:28; size:2; signed:0;
        field:__u16 protocol; offset:30; size:2; signed:0;
        field:__u8 saddr[4]; offset:32; size:4; signed:0;
        field:__u8 daddr[4]; offset:36; size:4; signed:0;
        field:__u8 saddr_v6[16]; offset:40; size:16; signed:0;
        field:__u8 daddr_v6[16]; offset:56; size:16; signed:0;
    """.utf8)

  static let route = Array(
    """
    ID: 2264
        field:unsigned short common_type; offset:0; size:2; signed:0;
        field:unsigned char common_flags; offset:2; size:1; signed:0;
        field:unsigned char common_preempt_count; offset:3; size:1; signed:0;
        field:int common_pid; offset:4; size:4; signed:1;
        field:u32 tb_id; offset:8; size:4; signed:0;
        field:int err; offset:12; size:4; signed:1;
        field:int oif; offset:16; size:4; signed:1;
        field:int iif; offset:20; size:4; signed:1;
        field:u8 proto; offset:24; size:1; signed:0;
        field:__u8 tos; offset:25; size:1; signed:0;
        field:__u8 scope; offset:26; size:1; signed:0;
        field:__u8 flags; offset:27; size:1; signed:0;
        field:__u8 src[4]; offset:28; size:4; signed:0;
        field:__u8 dst[4]; offset:32; size:4; signed:0;
        field:__u8 gw4[4]; offset:36; size:4; signed:0;
        field:__u8 gw6[16]; offset:40; size:16; signed:0;
        field:u16 sport; offset:56; size:2; signed:0;
        field:u16 dport; offset:58; size:2; signed:0;
        field:char name[16]; offset:60; size:16; signed:0;
    """.utf8)

  static let route6 = Array(
    """
    ID: 2315
        field:unsigned short common_type; offset:0; size:2; signed:0;
        field:unsigned char common_flags; offset:2; size:1; signed:0;
        field:unsigned char common_preempt_count; offset:3; size:1; signed:0;
        field:int common_pid; offset:4; size:4; signed:1;
        field:u32 tb_id; offset:8; size:4; signed:0;
        field:int err; offset:12; size:4; signed:1;
        field:int oif; offset:16; size:4; signed:1;
        field:int iif; offset:20; size:4; signed:1;
        field:u32 flowlabel; offset:24; size:4; signed:0;
        field:__u8 tos; offset:28; size:1; signed:0;
        field:__u8 scope; offset:29; size:1; signed:0;
        field:__u8 flags; offset:30; size:1; signed:0;
        field:__u8 src[16]; offset:31; size:16; signed:0;
        field:__u8 dst[16]; offset:47; size:16; signed:0;
        field:u16 sport; offset:64; size:2; signed:0;
        field:u16 dport; offset:66; size:2; signed:0;
        field:u8 proto; offset:68; size:1; signed:0;
        field:u8 rt_type; offset:69; size:1; signed:0;
        field:char name[16]; offset:70; size:16; signed:0;
        field:__u8 gw[16]; offset:86; size:16; signed:0;
    """.utf8)

  static let newTask = Array(
    """
    ID: 205
        field:unsigned short common_type; offset:0; size:2; signed:0;
        field:unsigned char common_flags; offset:2; size:1; signed:0;
        field:unsigned char common_preempt_count; offset:3; size:1; signed:0;
        field:int common_pid; offset:4; size:4; signed:1;
        field:pid_t pid; offset:8; size:4; signed:1;
        field:char comm[16]; offset:12; size:16; signed:0;
        field:u64 clone_flags; offset:32; size:8; signed:0;
        field:short oom_score_adj; offset:40; size:2; signed:1;
    """.utf8)

  static let executed = Array(
    """
    ID: 365
        field:unsigned short common_type; offset:0; size:2; signed:0;
        field:unsigned char common_flags; offset:2; size:1; signed:0;
        field:unsigned char common_preempt_count; offset:3; size:1; signed:0;
        field:int common_pid; offset:4; size:4; signed:1;
        field:__data_loc char[] filename; offset:8; size:4; signed:0;
        field:pid_t pid; offset:12; size:4; signed:1;
        field:pid_t old_pid; offset:16; size:4; signed:1;
    """.utf8)

  static let ended = Array(
    """
    ID: 369
        field:unsigned short common_type; offset:0; size:2; signed:0;
        field:unsigned char common_flags; offset:2; size:1; signed:0;
        field:unsigned char common_preempt_count; offset:3; size:1; signed:0;
        field:int common_pid; offset:4; size:4; signed:1;
        field:char comm[16]; offset:8; size:16; signed:0;
        field:pid_t pid; offset:24; size:4; signed:1;
        field:int prio; offset:28; size:4; signed:1;
        field:bool group_dead; offset:32; size:1; signed:0;
    """.utf8)

  /// A program listens on 127.0.0.1 and ::1, connects to both from ports 37478 and 48504, and sends a datagram to each
  /// from 57527 and 33884, on port 3699.
  static let port = hex(
    """
    0cd1247b9b010000b40300000000000012000000ef080000b07b000040d3dd028188ffff070000000a000000730e0000
    020006007f0000010000000000000000000000000000ffff7f00000100000000000000000000ffff00000000725c2900
    ef080000b07b0000406bac118188ffff070000000a000000730e00000a0006007f000006000000000000000000000000
    00000000000000010000000000000000000000000000000032e6c302ef080000b07b000040aedd028188ffff07000000
    020000000000730e020006007f0000017f00000100000000000000000000ffff7f00000100000000000000000000ffff
    7f000001322d4b00ef080000b07b000040aedd028188ffff02000000010000006692730e020006007f0000017f000001
    00000000000000000000ffff7f00000100000000000000000000ffff7f000001d2422c00ef081002b07b000040aedd02
    8188ffff05000000070000006692730e020006007f0000017f00000100000000000000000000ffff7f00000100000000
    000000000000ffff7f000001f2080400ef080000b07b00004089dd028188ffff0900000007000000730e669202000600
    7f0000017f00000100000000000000000000ffff7f00000100000000000000000000ffff7f000001f2460f00ef080000
    b07b00000027ac118188ffff07000000020000000000730e0a0006000000000000000000000000000000000000000000
    0000000100000000000000000000000000000001b2cf3b00ef080000b07b00000027ac118188ffff0200000001000000
    78bd730e0a00060000000000000000000000000000000000000000000000000100000000000000000000000000000001
    f2591d00ef081002b07b00000027ac118188ffff050000000700000078bd730e0a000600000000000000000000000000
    0000000000000000000000010000000000000000000000000000000192b50200ef080000b07b0000803aac118188ffff
    0900000007000000730e78bd0a0006007f0000067f000006000000000000000000000000000000010000000000000000
    0000000000000001b3200800d8080000b07b0000fe00000000000000000000000100000011000000000000007f000001
    7f00000600000000000000000000000000000001b7e0730e6c6f0000000000000000000100842b043abca8000b090000
    b07b0000ff00000000000000000000000100000000000000000000000000000000000000000000000000000000000000
    0000000000000000000001005c84730e11006c6f00842b0400eaffff40baf80400ea0000000000000000000000000000
    0000ffff
    """)

  /// A process makes a thread, then another process that runs /bin/true.
  static let tasks = hex(
    """
    62ddc013a0010000dc000000000000000c000000cd000000e67c00000f7d0000707974686f6e33000000000000000000
    00000000000f3d00000000000000000000000000ac904800cd000000e67c0000107d0000707974686f6e330000000000
    00000000000000000041000000000000000000000000000009ae4700710100000f7d0000707974686f6e330000000000
    000000000f7d00007800000000000000e83668006d010000107d000014000a00107d0000107d00002f62696e2f747275
    650000004992f80071010000107d000074727565000000000000000000000000107d00007800000001000000
    """)
}
