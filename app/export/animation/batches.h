// Goes through all frames some at a time: so many as keep all threads at work, and no more, since each is a
// picture in memory.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "core/base/thread_pool.h"

namespace iem {

// Thrown when whoever watches has ended it.
struct AnimationStopped {};

// Source: count() and each(take), as in animation.h; Make: what it hands over of a frame.
template <class Source, class Make>
class Batches {
 public:
  Batches(Source& source, ThreadPool& pool, const std::function<bool(double)>& watch, double done = 0)
      : source_(source),
        pool_(pool),
        watch_(watch),
        done_(done) {}

  // `take(makers, first)` of every batch; `first` is the number of its first frame. Afterwards `until` of all
  // work is done.
  template <class Take>
  void go(double until, Take take) {
    const double each = (until - done_) / source_.count();
    std::vector<Make> batch;
    int first = 0;
    bool goes_on = true;
    const auto flush = [&] {
      if (batch.empty() || !goes_on) return;
      take(batch, first);
      first += static_cast<int>(batch.size());
      done_ += each * static_cast<double>(batch.size());
      batch.clear();
      goes_on = watch_(done_);
    };
    source_.each([&](Make make) {
      batch.push_back(std::move(make));
      if (batch.size() >= static_cast<std::size_t>(2 * pool_.threads())) flush();
      return goes_on;
    });
    flush();
    if (!goes_on) throw AnimationStopped{};
  }

  // act(i) for every frame of a batch, on all threads.
  template <class Act>
  void each_of(const std::vector<Make>& batch, Act act) {
    pool_.run(static_cast<std::int64_t>(batch.size()),
              [&](std::int64_t i) { act(static_cast<std::size_t>(i)); });
  }

 private:
  Source& source_;
  ThreadPool& pool_;
  const std::function<bool(double)>& watch_;
  double done_;
};

}  // namespace iem
