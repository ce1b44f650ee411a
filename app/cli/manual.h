// The manual page in troff: a page of prose into which the declared options are inserted.
#pragma once

#include <string>

namespace iem::cli {

struct CommandLine;

// `page` with every line "@options COMMAND" replaced by the options of that command. Throws InputError for a
// command that is unknown.
std::string manual_page(const CommandLine& line, const std::string& page);

}  // namespace iem::cli
