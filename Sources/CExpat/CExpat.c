#include "CExpat.h"

#include "CLoader.h"

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

#define ALL(_) _(, XML_ParserCreateNS) FUNCTIONS(_)
CLOADER(cexpat_load, ALL, "libexpat.so.1")

XML_Parser XML_ParserCreateNS(const XML_Char *encoding, XML_Char separator) {
  return cexpat_load() ? library.XML_ParserCreateNS(encoding, separator) : NULL;
}

// What they take can come from elsewhere: a test calls more of the library than is here.
#define PASS_ON(result, name, parameters, arguments) \
  result name parameters { return cexpat_load(), library.name arguments; }
FUNCTIONS(PASS_ON)
