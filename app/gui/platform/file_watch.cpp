#include "app/gui/platform/file_watch.h"

#include <system_error>
#include <utility>

#include "core/base/executor.h"

namespace iem::gui {
namespace {

constexpr auto kBetween = std::chrono::milliseconds(200);

}  // namespace

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

// Whether it has come to rest after a change. The disk, which may be slow, is asked before the lock is taken:
// take() waits for the lock in every frame.
bool FileWatch::look() {
  const Stamp now = stamp();
  std::lock_guard lock(mutex_);
  const bool is_other = !(now == seen_), rests = moves_ && !is_other;
  seen_ = now;
  moves_ = is_other;
  changed_ = changed_ || rests;
  return rests;
}

void FileWatch::serve() {
  const auto is_ended = [this] {
    std::unique_lock lock(mutex_);
    return ended_.wait_for(lock, kBetween, [&] { return ends_; });
  };
  while (!is_ended())
    if (look() && on_change_) on_change_();
}

bool FileWatch::take() {
  const auto now = std::chrono::steady_clock::now();
  if (!thread_.joinable() && now - looked_ >= kBetween) looked_ = now, look();
  std::lock_guard lock(mutex_);
  return std::exchange(changed_, false);
}

}  // namespace iem::gui
