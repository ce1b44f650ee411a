// Files that appear whole or not at all: written beside their place, then renamed over it.
#pragma once

#include <string>
#include <string_view>

namespace iem {

// Who may read a file that is written: whoever the umask lets (or could read the file that was there), or its
// owner alone (mode 0600, whatever was there).
enum class FileAccess { usual, owner_only };

// InputError(ErrorKind::io) names the path and the reason; nothing is left behind. A link stays a link, and
// what it leads to is written. Until it is whole the file has no name, or one that nobody can foresee and
// that is opened only if it is new: what others may have planted in the folder is never written to.
void write_file_atomically(const std::string& path, std::string_view bytes,
                           FileAccess access = FileAccess::usual);

// Throws the InputError (kind io) that writing a file of this name would end with, without touching it.
void require_writable(const std::string& path);

// The file that writing to `path` would replace: where a link leads, also when nothing is there yet; other
// paths as they are.
std::string written_file(const std::string& path);

}  // namespace iem
