// What Windows has opened for us (there alone), closed in the end.
#pragma once

#include <windows.h>

#include <algorithm>
#include <string_view>

#include "core/system/windows/wide_text.h"

namespace iem {

class OwnedHandle {
 public:
  explicit OwnedHandle(HANDLE handle = nullptr) : handle_(handle) {}
  ~OwnedHandle() { reset(); }
  OwnedHandle(const OwnedHandle&) = delete;
  OwnedHandle& operator=(const OwnedHandle&) = delete;

  HANDLE get() const { return handle_; }
  bool is_open() const { return handle_ != nullptr && handle_ != INVALID_HANDLE_VALUE; }
  // Whether what it held before was closed.
  bool reset(HANDLE handle = nullptr) {
    const bool closed = is_open() && CloseHandle(handle_) != 0;
    handle_ = handle;
    return closed;
  }

 private:
  HANDLE handle_;
};

// False with the reason in errno. A pipe takes no more than its buffer in one call.
inline bool write_to_handle(HANDLE handle, std::string_view bytes) {
  constexpr std::size_t kMost = 1 << 20;
  while (!bytes.empty()) {
    DWORD written = 0;
    if (!WriteFile(handle, bytes.data(), static_cast<DWORD>(std::min(bytes.size(), kMost)), &written,
                   nullptr))
      return failed_by_last_error();
    bytes.remove_prefix(written);
  }
  return true;
}

}  // namespace iem
