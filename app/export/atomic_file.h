// Files that appear whole or not at all: written beside their place, then renamed over it.
#pragma once

#include <string>
#include <string_view>

namespace iem {

// InputError(ErrorKind::io) names the path and the reason; nothing is left behind.
void write_file_atomically(const std::string& path, std::string_view bytes);

// Throws the InputError (kind io) that writing a file of this name would end with, without touching it.
void require_writable(const std::string& path);

}  // namespace iem
