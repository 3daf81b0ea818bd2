extension OwnedSocket {
  /// The order of a survey: listeners, those of the own namespace first, then TCP, UDP, UDP-Lite, then by the ends.
  static func comesBefore(_ left: OwnedSocket, _ right: OwnedSocket) -> Bool {
    let one = left.socket
    let other = right.socket
    if one.isListener != other.isListener { return one.isListener }
    let (isHere, isOtherHere) = (left.namespace?.isOwn != false, right.namespace?.isOwn != false)
    if isHere != isOtherHere { return isHere }
    if one.transport != other.transport { return one.transport.rawValue < other.transport.rawValue }
    if one.local != other.local { return one.local < other.local }
    if one.peer != other.peer { return one.peer < other.peer }
    if left.namespace?.inode != right.namespace?.inode {
      return (left.namespace?.inode ?? 0) < (right.namespace?.inode ?? 0)
    }
    return one.cookie < other.cookie
  }
}
