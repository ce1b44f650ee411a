// Work on another thread that would make the window wait: opening a scene, checks, exports.
#pragma once

#include <chrono>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "core/base/executor.h"

namespace iem::gui {

// The result of a piece of work: a value, or one line that says why there is none.
template <class T>
struct Outcome {
  std::optional<T> value;
  std::string error;
};

// The line for the exception being handled.
std::string words_of_exception();

// A line on standard error, for what fails while the window closes and no notice can say any more.
void say_without_window(const std::string& error);

// At most one piece of work at a time. While it runs the window must keep drawing frames (Frame::restless),
// in which the result is taken.
template <class T>
class Job {
 public:
  Job() = default;
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;
  ~Job() { end(); }

  // Where no thread can be made the work is done at once, and the window waits.
  void start(std::function<T()> work) {
    end();
    const auto task = std::make_shared<std::packaged_task<T()>>(std::move(work));
    future_ = task->get_future();
    thread_ = executor().begin([task] { (*task)(); });
    if (!thread_.joinable()) (*task)();
  }
  bool running() const { return future_.valid(); }
  bool ready() const {
    return future_.valid() && future_.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }
  // The outcome, returned once. An exception of the work becomes its message, so that none ends the window.
  Outcome<T> take() {
    try {
      return {future_.get(), {}};
    } catch (...) {
      return {std::nullopt, words_of_exception()};
    }
  }

 private:
  void end() {
    if (thread_.joinable()) thread_.join();
  }

  std::future<T> future_;
  std::thread thread_;
};

}  // namespace iem::gui
