// Work that would make the window wait, on a thread of its own: opening a scene, checks, exports.
#pragma once

#include <chrono>
#include <functional>
#include <future>
#include <system_error>
#include <utility>

namespace iem::gui {

// At most one piece of work at a time; what it throws comes out of take(). While one is running the window
// must keep drawing (Frame::restless), so that somebody looks.
template <class T>
class Job {
 public:
  // Where no thread can be made the window waits for once.
  void start(std::function<T()> work) {
    try {
      future_ = std::async(std::launch::async, work);
    } catch (const std::system_error&) {
      std::packaged_task<T()> here(std::move(work));
      future_ = here.get_future();
      here();
    }
  }
  bool running() const { return future_.valid(); }
  bool ready() const {
    return future_.valid() && future_.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }
  // The result, once.
  T take() { return future_.get(); }

 private:
  std::future<T> future_;
};

}  // namespace iem::gui
