// Files that appear whole or not at all: written beside their place, then renamed over it.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/system/unfinished.h"

namespace iem {

class FileDraft;

// Who may read a file that is written. usual: whoever the umask allows, or whoever could read the file that
// is replaced. owner_only: its owner alone (mode 0600), whatever was there before.
enum class FileAccess { usual, owner_only };

// Whether a file is on the disk before it takes its place. synced: after a power cut there is the old file or
// the new one. unsynced: the writer does not wait for the disk, and a power cut in the seconds after it may
// leave an empty file, though the end of the program does not. That is for small files that a window writes
// between two frames, again and again, and that may be lost without harm.
enum class FileSync { synced, unsynced };

// A file that is being written, of any length; commit() puts it in its place, and without commit() nothing is
// left of it. A symbolic link stays a link: the file it leads to is replaced, unless it is protected from
// writing. Until commit() the file has no
// name, or a random one that is opened only if it does not exist yet, so that a file or link which somebody
// else has put into the folder is never written to. A stream (/dev/stdout, a pipe) is written to directly as
// the bytes come. Throws InputError (ErrorKind::io) with the path and the reason.
class AtomicFile {
 public:
  explicit AtomicFile(const std::string& path, FileAccess access = FileAccess::usual,
                      FileSync sync = FileSync::synced);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void write(std::string_view bytes);
  void commit();

 private:
  friend void commit_together(std::span<AtomicFile* const> files);
  void put(std::string_view bytes);
  void make_ready();                  // all that may fail for want of room
  void put_in_place();                // after that
  std::string path_, held_;           // as given; bytes not yet written
  std::unique_ptr<FileDraft> draft_;  // null: a stream
  int stream_ = -1;
  FileSync sync_;
};

// Puts several files in their places, so that either all appear or none: all are complete before the first is
// renamed, and if a rename fails, those before it are taken back. A file that was there comes back where the
// file system can keep it under a second name (a hard link) meanwhile; on others the new one stays.
void commit_together(std::span<AtomicFile* const> files);

// Whether writing to this name goes through to what is there (/dev/stdout, a pipe) and replaces nothing.
bool is_written_through(const std::string& path);

void write_file_atomically(const std::string& path, std::string_view bytes,
                           FileAccess access = FileAccess::usual, FileSync sync = FileSync::synced);

// Throws the InputError (kind io) with which writing this file would fail; the file itself is not touched.
void require_writable(const std::string& path);

// The file that writing to `path` would replace: where a link leads, also when nothing is there yet; other
// paths as they are.
std::string written_file(const std::string& path);

}  // namespace iem
