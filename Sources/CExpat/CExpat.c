#include "CExpat.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

// Everything that takes what `XML_ParserCreateNS` gave: result, name, parameters, arguments.
#define FUNCTIONS(_) \
  _(enum XML_Status, XML_Parse, (XML_Parser parser, const char *bytes, int count, int is_final), \
    (parser, bytes, count, is_final)) \
  _(void, XML_ParserFree, (XML_Parser parser), (parser)) \
  _(XML_Bool, XML_SetBillionLaughsAttackProtectionActivationThreshold, (XML_Parser parser, unsigned long long bytes), \
    (parser, bytes)) \
  _(XML_Bool, XML_SetBillionLaughsAttackProtectionMaximumAmplification, (XML_Parser parser, float factor), (parser, factor)) \
  _(void, XML_SetCharacterDataHandler, (XML_Parser parser, XML_CharacterDataHandler handler), (parser, handler)) \
  _(void, XML_SetElementHandler, (XML_Parser parser, XML_StartElementHandler start, XML_EndElementHandler end), \
    (parser, start, end)) \
  _(void, XML_SetEntityDeclHandler, (XML_Parser parser, XML_EntityDeclHandler handler), (parser, handler)) \
  _(int, XML_SetParamEntityParsing, (XML_Parser parser, enum XML_ParamEntityParsing parsing), (parser, parsing)) \
  _(void, XML_SetStartDoctypeDeclHandler, (XML_Parser parser, XML_StartDoctypeDeclHandler handler), (parser, handler)) \
  _(void, XML_SetUserData, (XML_Parser parser, void *data), (parser, data)) \
  _(enum XML_Status, XML_StopParser, (XML_Parser parser, XML_Bool is_resumable), (parser, is_resumable))

#define POINTER(result, name, ...) __typeof__(&name) name;
static struct {
  __typeof__(&XML_ParserCreateNS) XML_ParserCreateNS;
  FUNCTIONS(POINTER)
} library;
static int is_loaded;

static void load(void) {
  void *file = dlopen("libexpat.so.1", RTLD_LAZY | RTLD_LOCAL);
  if (!file) return;
#define FIND(result, name, ...) if (!(library.name = (__typeof__(library.name))dlsym(file, #name))) return;
  FIND(, XML_ParserCreateNS)
  FUNCTIONS(FIND)
  is_loaded = 1;
}

int cexpat_load(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return is_loaded;
}

XML_Parser XML_ParserCreateNS(const XML_Char *encoding, XML_Char separator) {
  return cexpat_load() ? library.XML_ParserCreateNS(encoding, separator) : NULL;
}

// What they take can come from elsewhere: a test calls more of the library than is here.
#define PASS_ON(result, name, parameters, arguments) \
  result name parameters { return cexpat_load(), library.name arguments; }
FUNCTIONS(PASS_ON)
