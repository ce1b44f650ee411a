// Folders of numbered files that appear whole or not at all: filled beside their place, then renamed.
#pragma once

#include <string>
#include <string_view>
#include <system_error>

#include "core/system/unfinished.h"

namespace iem {

// A folder that is being filled with frame-0001.png, frame-0002.png and so on; commit() puts it in its place,
// and without commit() nothing is left of it. A folder that is there already is replaced, but only if it is
// empty or holds nothing but such files; a link to one stays a link. Throws InputError (ErrorKind::io) with
// the path and the reason.
class AtomicFolder {
 public:
  explicit AtomicFolder(const std::string& path);
  ~AtomicFolder();
  AtomicFolder(const AtomicFolder&) = delete;
  AtomicFolder& operator=(const AtomicFolder&) = delete;

  void add(std::string_view bytes);  // the next file; synced, since those that are replaced are deleted
  void commit();

 private:
  std::string path_, target_, draft_;  // as given; without links; the folder's name until commit()
  int count_ = 0;
  Unfinished noted_;
};

// Puts the folder in the place of another of numbered files, in two steps: for where two folders cannot
// change places. The other one is deleted once the new one is there, and comes back if that fails. A program
// that is killed between the steps leaves it under a name that begins with kUnfinished.
std::error_code replace_folder(const std::string& draft, const std::string& target);

// Throws the InputError with which making this folder would fail; nothing is touched.
void require_writable_folder(const std::string& path);

}  // namespace iem
