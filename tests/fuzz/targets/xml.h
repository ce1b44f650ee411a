// Ends the process unless the text is well-formed XML 1.0 of the kind we write: UTF-8, no characters XML
// forbids, elements closed in order, attributes in double quotes, and only the five entities and numbers
// behind an ampersand.
#pragma once

#include <string_view>

namespace iem::fuzz {

void check_xml(std::string_view text);

}  // namespace iem::fuzz
