#include "app/gui/platform/file_watch.h"

#include <chrono>
#include <system_error>
#include <utility>

#include "core/base/executor.h"

namespace iem::gui {

FileWatch::FileWatch(std::string path, std::function<void()> on_change)
    : path_(std::move(path)),
      on_change_(std::move(on_change)),
      seen_(stamp()) {
  thread_ = executor().begin([this] { serve(); });
}

FileWatch::~FileWatch() {
  {
    std::lock_guard lock(mutex_);
    ends_ = true;
  }
  ended_.notify_all();
  if (thread_.joinable()) thread_.join();
}

FileWatch::Stamp FileWatch::stamp() const {
  std::error_code no_time, no_size;
  Stamp out{true, std::filesystem::last_write_time(path_, no_time),
            std::filesystem::file_size(path_, no_size)};
  return no_time || no_size ? Stamp() : out;
}

// Whether it is another one than before; under the lock.
bool FileWatch::look() {
  const Stamp now = stamp();
  const bool is_other = !(now == seen_);
  seen_ = now;
  changed_ = changed_ || is_other;
  return is_other;
}

void FileWatch::serve() {
  constexpr auto kBetween = std::chrono::milliseconds(250);
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, kBetween, [&] { return ends_; }))
    if (look() && on_change_) on_change_();
}

bool FileWatch::take() {
  std::lock_guard lock(mutex_);
  if (!thread_.joinable()) look();
  return std::exchange(changed_, false);
}

}  // namespace iem::gui
