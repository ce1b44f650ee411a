// Work that would make the window wait, on a thread of its own: opening a scene, checks, exports.
#pragma once

#include <chrono>
#include <exception>
#include <functional>
#include <future>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace iem::gui {

// What came of a piece of work: a value, or one line that says why there is none.
template <class T>
struct Outcome {
  std::optional<T> value;
  std::string error;
};

// The line for the exception being handled.
std::string words_of_exception();

// At most one piece of work at a time. While one is running the window must keep drawing (Frame::restless),
// so that somebody looks.
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
  // The outcome, once. Whatever the work threw is in it: nothing that goes wrong elsewhere ends the window.
  Outcome<T> take() {
    try {
      return {future_.get(), {}};
    } catch (...) {
      return {std::nullopt, words_of_exception()};
    }
  }

 private:
  std::future<T> future_;
};

}  // namespace iem::gui
