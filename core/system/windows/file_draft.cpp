#include <windows.h>

#include <cerrno>
#include <filesystem>

#include "core/system/file_draft.h"
#include "core/system/unfinished.h"
#include "core/system/windows/handle.h"
#include "core/system/windows/wide_text.h"

namespace iem {

// Until it is ready, the system removes the file when its handle is closed, also by the end of the program.
class FileDraft::Parts {
 public:
  explicit Parts(const std::filesystem::path& target) : target_(target) {
    for (int tries = 0; tries < 8 && !is_open(); ++tries) {
      const std::string name = unforeseeable_name();
      if (name.empty()) return;
      name_ = target.parent_path() / name;
      noted_ = Unfinished(utf8_text(name_.native()));
      file_.reset(CreateFileW(name_.c_str(), GENERIC_WRITE | DELETE, FILE_SHARE_READ | FILE_SHARE_DELETE,
                              nullptr, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr));
      if (is_open()) break;
      failed_by_last_error();
      noted_.forget();
      if (errno != EEXIST) return;
    }
    set_temporary(true);  // a file system that cannot keeps the name, which is noted
  }
  ~Parts() {
    const bool was_open = file_.reset();
    if (was_open || is_ready_) DeleteFileW(name_.c_str());
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  bool is_open() const { return file_.is_open(); }

  bool write(std::string_view bytes) { return write_to_handle(file_.get(), bytes); }

  bool make_ready(bool synced) {
    synced_ = synced;
    if (synced && !FlushFileBuffers(file_.get())) return failed_by_last_error();
    set_temporary(false);
    is_ready_ = file_.reset();
    return is_ready_;
  }

  // What looks at every new file, such as a virus scanner, may hold one of the two for a moment.
  bool put_in_place() {
    constexpr int kTries = 10;
    const DWORD how = MOVEFILE_REPLACE_EXISTING | (synced_ ? MOVEFILE_WRITE_THROUGH : 0);
    for (int tries = 1;; ++tries) {
      if (MoveFileExW(name_.c_str(), target_.c_str(), how)) break;
      const DWORD error = GetLastError();
      const bool is_held = error == ERROR_SHARING_VIOLATION || error == ERROR_ACCESS_DENIED;
      if (!is_held || tries == kTries) return SetLastError(error), failed_by_last_error();
      Sleep(20);
    }
    is_ready_ = false;
    return true;
  }

 private:
  void set_temporary(bool on) {
    FILE_DISPOSITION_INFO information{};
    information.DeleteFile = on ? TRUE : FALSE;
    SetFileInformationByHandle(file_.get(), FileDispositionInfo, &information, sizeof information);
  }

  std::filesystem::path target_, name_;
  OwnedHandle file_;
  bool is_ready_ = false;  // closed, and not yet in its place
  bool synced_ = true;
  Unfinished noted_;
};

// Who may read it is what the folder says: those of a user are closed to others.
FileDraft::FileDraft(const std::string& target, unsigned /*mode*/)
    : parts_(std::make_unique<Parts>(wide_text(target))) {}
FileDraft::~FileDraft() = default;

bool FileDraft::is_open() const { return parts_->is_open(); }
void FileDraft::set_mode(unsigned /*mode*/) {}
bool FileDraft::write(std::string_view bytes) { return parts_->write(bytes); }
bool FileDraft::make_ready(bool synced) { return parts_->make_ready(synced); }
bool FileDraft::put_in_place() { return parts_->put_in_place(); }

}  // namespace iem
