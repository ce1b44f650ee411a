// A file that belongs to a running program, by an advisory lock (flock): the kernel releases it when the
// program ends, in whatever way. The number of the process could not serve for this: in a container it is the
// same each time, and after a restart of the machine it belongs to another program.
#pragma once

#include <string>

namespace iem::gui {

class FileClaim {
 public:
  FileClaim() = default;
  ~FileClaim();  // removes the file; a file that is left without an owner means a crash
  FileClaim(const FileClaim&) = delete;
  FileClaim& operator=(const FileClaim&) = delete;

  // Creates the file, readable for its owner only. Returns false where the name is taken already. Throws
  // InputError (kind io) when nothing can be written there.
  bool make(const std::string& path);

 private:
  std::string path_;
  int file_ = -1;
};

// Whether a running program holds the file. A file that cannot be opened counts as held: it is left alone.
bool is_claimed(const std::string& path);
// Removes a file that no program holds. Returns false where it is held or gone.
bool take_unclaimed(const std::string& path);

}  // namespace iem::gui
