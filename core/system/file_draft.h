// What will become a file: written in the same folder, so that the rename stays within one file system, and
// put in its place when it is whole. Functions that return false leave the reason in errno. file_draft.cpp is
// for POSIX, windows/file_draft.cpp for Windows.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace iem {

class FileDraft {
 public:
  // `mode` as POSIX writes it; the umask takes away of it.
  FileDraft(const std::string& target, unsigned mode);
  ~FileDraft();  // nothing of it is left unless it was put in its place
  FileDraft(const FileDraft&) = delete;
  FileDraft& operator=(const FileDraft&) = delete;

  bool is_open() const;
  void set_mode(unsigned mode);  // whatever the umask is
  bool write(std::string_view bytes);
  bool make_ready(bool synced);  // everything that may fail for want of room; `synced`: it is on the disk
  bool put_in_place();

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace iem
