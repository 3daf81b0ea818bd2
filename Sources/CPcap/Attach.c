#include "CPcap.h"

#include <stddef.h>
#include <sys/socket.h>

// The instructions are the same, whoever declares them; <linux/filter.h> names them as libpcap's header does, and the
// two do not go together.
int cpcap_attach(int socket, const struct bpf_program *program) {
  struct { unsigned short length; const struct bpf_insn *instructions; } given = {(unsigned short)program->bf_len, program->bf_insns};
  return setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &given, sizeof given);
}
