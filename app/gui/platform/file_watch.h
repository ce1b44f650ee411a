// Notices that a file has changed on the disk, by its time and its size, a few times a second. It looks on a
// thread of its own, because a window that draws nothing looks at no file; where there are no threads it
// looks when it is asked. A change counts once the file stays as it is between two looks: many editors write
// in pieces, or rename.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace iem::gui {

class FileWatch {
 public:
  // `on_change` is called on the watch's thread.
  FileWatch(std::string path, std::function<void()> on_change);
  ~FileWatch();
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;

  // Whether it has changed, come or gone since the last call.
  bool take();

 private:
  struct Stamp {
    bool is_there = false;
    std::filesystem::file_time_type time{};
    std::uintmax_t size = 0;
    bool operator==(const Stamp&) const = default;
  };
  Stamp stamp() const;
  bool look();
  void serve();

  std::string path_;
  std::function<void()> on_change_;
  std::chrono::steady_clock::time_point looked_;  // where there are no threads
  std::mutex mutex_;                              // of these:
  std::condition_variable ended_;
  Stamp seen_;
  bool moves_ = false, changed_ = false, ends_ = false;
  std::thread thread_;
};

}  // namespace iem::gui
