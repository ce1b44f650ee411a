#include "app/export/animation/run_frames.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "app/export/furnish/figure_on_paper.h"
#include "core/base/thread_pool.h"
#include "core/figure/furniture.h"
#include "core/run/snapshot.h"

namespace iem {
namespace {

constexpr std::int64_t kFrames = 200;  // where nobody says how many

}  // namespace

void RunFrames::each(const std::function<bool(MakeFrame)>& take) {
  Run run = run_;
  for (const std::int64_t step : steps_) {
    run.seek(step);
    // A run is copied at little cost. What is shown of it is made by another thread, alone.
    const bool goes_on = take([run, this] {
      Run here = run;
      here.work_on(std::make_shared<ThreadPool>(1));
      return show_(here);
    });
    if (!goes_on) return;
  }
}

void Way::note(const Run& run) {
  if (changes_.empty()) first_ = run.state().step;
  const Theta& theta = run.state().theta;
  const bool comparable = theta_.size() == theta.size() && !changes_.empty();
  const double change = comparable ? (theta - theta_).norm() : 0;
  changes_.push_back(std::isfinite(change) ? change : 0);
  theta_ = theta;
}

FrameContent frame_on_paper(const Run& here, const std::string& id, const Config& paper, std::int64_t last) {
  const auto snapshot = take_snapshot(here);
  FrameContent out;
  out.figure = furnished(figure_on_paper(id, *snapshot, paper), paper);
  out.figure.keep.push_back(snapshot);  // its marks are spans into it
  out.figure.caption = with_steady_step(std::move(out.figure.caption), snapshot->state.step, last);
  return out;
}

std::string with_steady_step(std::string caption, std::int64_t step, std::int64_t last) {
  const std::string number = std::to_string(step), words = ", step " + number + ",";
  const std::size_t at = caption.find(words), digits = std::to_string(last).size();
  if (at == std::string::npos) return caption;
  std::string blanks;
  for (std::size_t i = number.size(); i < digits; ++i) blanks += "\u2007";
  return caption.insert(at + words.size() - 1 - number.size(), blanks);
}

std::vector<std::int64_t> evenly_by_steps(std::int64_t last, std::optional<std::int64_t> every) {
  const std::int64_t apart = every.value_or(std::max<std::int64_t>(1, (last + kFrames - 1) / kFrames));
  std::vector<std::int64_t> out;
  for (std::int64_t at = 0; at < last; at += apart) out.push_back(at);
  out.push_back(last);
  return out;
}

std::vector<std::int64_t> evenly_by_change(const std::vector<double>& changes, std::size_t frames) {
  double way = 0;
  for (const double change : changes) way += change;
  const auto last = static_cast<std::int64_t>(changes.size()) - 1;
  std::vector<std::int64_t> out = {0};
  double gone = 0;
  for (std::int64_t at = 1; at < last; ++at) {
    gone += changes[static_cast<std::size_t>(at)];
    const double wanted = way * static_cast<double>(out.size()) / static_cast<double>(frames - 1);
    if (way > 0 && gone >= wanted && out.size() + 1 < frames) out.push_back(at);
  }
  if (last > 0) out.push_back(last);
  return out;
}

}  // namespace iem
