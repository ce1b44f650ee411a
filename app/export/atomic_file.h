// Files that appear whole or not at all: written beside their place, then renamed over it.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

namespace iem {

// A file under way, of any length: nothing has its name before commit(), and nothing is left of it without.
// Where the path is a stream (/dev/stdout, a pipe) bytes go through as they come.
// InputError(ErrorKind::io) names the path and the reason.
class AtomicFile {
 public:
  explicit AtomicFile(const std::string& path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void write(std::string_view bytes);
  void flush();  // what is still held back, so that an error is known
  void commit();

 private:
  void open_beside(mode_t mode);
  void name_it();
  [[noreturn]] void give_up(int error);
  void drop();

  std::string path_;    // as given
  std::string target_;  // where its links lead; empty for a stream
  std::string beside_;  // the name until commit(); empty: the file has none yet
  std::string held_;    // not yet written
  int file_ = -1;
  int slot_ = -1;  // of the list that remove_unfinished_files() reads
};

void write_file_atomically(const std::string& path, std::string_view bytes);

// Throws the InputError (kind io) that writing a file of this name would end with, without touching it.
void require_writable(const std::string& path);

// Removes the files under way that have a name, as the program ends; for a signal handler.
void remove_unfinished_files() noexcept;

}  // namespace iem
