// Files that appear whole or not at all: written beside their place, then renamed over it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace iem {

// Who may read a file that is written: whoever the umask lets (or could read the file that was there), or its
// owner alone (mode 0600, whatever was there).
enum class FileAccess { usual, owner_only };

// A file under way, of any length. A link stays a link, and what it leads to is written. Until commit() the
// file has no name, or one that nobody can foresee and that is opened only if it is new: what others may have
// planted in the folder is never written to. Without commit() nothing is left of it. A stream (/dev/stdout, a
// pipe) is written through as the bytes come. InputError(ErrorKind::io) names the path and the reason.
class AtomicFile {
 public:
  explicit AtomicFile(const std::string& path, FileAccess access = FileAccess::usual);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void write(std::string_view bytes);
  void commit();

 private:
  class Draft;
  void put(std::string_view bytes);
  std::string path_, held_;       // as given; bytes not yet written
  std::unique_ptr<Draft> draft_;  // null: a stream
  int stream_ = -1;
};

void write_file_atomically(const std::string& path, std::string_view bytes,
                           FileAccess access = FileAccess::usual);

// Throws the InputError (kind io) that writing a file of this name would end with, without touching it.
void require_writable(const std::string& path);

// What the name of a file under way begins with, where it has to have one: a killed program may leave it
// behind.
inline constexpr std::string_view kUnfinished = ".iemlab-";

// The file that writing to `path` would replace: where a link leads, also when nothing is there yet; other
// paths as they are.
std::string written_file(const std::string& path);

// Removes the files under way that have a name, as the program ends; for a signal handler.
void remove_unfinished_files() noexcept;

}  // namespace iem
