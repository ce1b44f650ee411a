// A file that belongs to a running program, by an advisory lock (flock): the kernel lets it go when the
// program ends, however it ends. A process number would not do: in a container it is the same each time, and
// after a restart of the machine it belongs to somebody else.
#pragma once

#include <string>

namespace iem::gui {

class FileClaim {
 public:
  FileClaim() = default;
  ~FileClaim();  // takes the file away: whoever finds one without an owner finds a program that has crashed
  FileClaim(const FileClaim&) = delete;
  FileClaim& operator=(const FileClaim&) = delete;

  // Makes the file, readable for its owner only. False: the name is taken, by a file or by somebody who was
  // faster. Throws InputError (kind io) when nothing can be written there.
  bool make(const std::string& path);

 private:
  std::string path_;
  int file_ = -1;
};

// Whether a running program holds the file. A file that cannot be opened counts as held: it is left alone.
bool is_claimed(const std::string& path);
// Takes away a file that nobody holds. False: it is held, or gone.
bool take_unclaimed(const std::string& path);

}  // namespace iem::gui
