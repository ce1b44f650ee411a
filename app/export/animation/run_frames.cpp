#include "app/export/animation/run_frames.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "app/export/furnish/figure_on_paper.h"
#include "core/base/thread_pool.h"
#include "core/figure/furniture.h"
#include "core/run/snapshot.h"
#include "core/session/state_string.h"

namespace iem {
namespace {

constexpr std::int64_t kFrames = 200;  // where nobody says how many

// By how much the parameters of a panel's first run change from each step to the next, as parts of the whole
// way; nothing where an edit gives them another shape.
std::vector<double> parts_of_way(const FilmedPanel& panel) {
  Run run = panel.runs.first();
  Theta before;
  std::vector<double> out;
  double way = 0;
  for (std::int64_t step = panel.first; step <= panel.last; ++step) {
    run.seek(step);
    const Theta& theta = run.state().theta;
    const double change = theta.size() == before.size() ? (theta - before).norm() : 0;
    out.push_back(step > panel.first && std::isfinite(change) ? change : 0);
    way += out.back();
    before = theta;
  }
  for (double& part : out) part /= way > 0 ? way : 1;
  return out;
}

}  // namespace

const Run& Filmed::first() const {
  const auto* run = std::get_if<Run>(&runs_);
  return run ? *run : std::get<Comparison>(runs_).first();
}

std::shared_ptr<const Snapshot> Filmed::snapshot() const {
  return std::visit([](const auto& runs) -> std::shared_ptr<const Snapshot> { return take_snapshot(runs); },
                    runs_);
}

void Filmed::seek(std::int64_t step) {
  std::visit([&](auto& runs) { runs.seek(step); }, runs_);
}

void Filmed::work_on(const std::shared_ptr<ThreadPool>& pool) {
  std::visit([&](auto& runs) { runs.work_on(pool); }, runs_);
}

void RunFrames::each(const std::function<bool(MakeFrame)>& take) {
  std::vector<Filmed> runs;
  for (const FilmedPanel& panel : panels_) runs.push_back(panel.runs);
  for (const std::int64_t time : times_) {
    for (std::size_t i = 0; i < runs.size(); ++i)
      runs[i].seek(std::min(panels_[i].last, panels_[i].first + time));
    // A run is copied at little cost. What is shown of it is made by another thread, alone.
    const bool goes_on = take([runs, this] {
      std::vector<Filmed> here = runs;
      for (Filmed& each : here) each.work_on(std::make_shared<ThreadPool>(1));
      return show_(here);
    });
    if (!goes_on) return;
  }
}

bool RunFrames::are_measured() {
  bool changed = false;
  for (const FilmedPanel& panel : panels_) changed = panel.arrows->settle() || changed;
  return changed;
}

std::string with_steady_step(std::string caption, std::int64_t step, std::int64_t last) {
  const std::string number = std::to_string(step), words = ", step " + number + ",";
  const std::size_t at = caption.find(words), digits = std::to_string(last).size();
  if (at == std::string::npos) return caption;
  std::string blanks;
  for (std::size_t i = number.size(); i < digits; ++i) blanks += "\u2007";
  return caption.insert(at + words.size() - 1 - number.size(), blanks);
}

Figure figure_in_film(const Filmed& here, const std::string& id, const Config& paper,
                      const FilmedPanel& panel) {
  const auto snapshot = here.snapshot();
  Figure out = figure_on_paper(id, *snapshot, paper, panel.arrows);
  out.keep.push_back(snapshot);  // its marks are spans into it
  out.caption = with_steady_step(std::move(out.caption), snapshot->state.step, panel.last);
  return out;
}

FrameContent frame_of(Figure plain, const Run& run, const Config& paper, bool with_state) {
  FrameContent out;
  out.panels.push_back({.figure = furnished(std::move(plain), paper)});
  if (with_state) out.state = write_state_string(run, paper);
  return out;
}

std::vector<std::int64_t> times_of(const std::vector<FilmedPanel>& panels, std::optional<std::int64_t> every,
                                   bool by_change) {
  std::int64_t longest = 0;
  for (const FilmedPanel& panel : panels) longest = std::max(longest, panel.last - panel.first);
  std::vector<std::int64_t> times = evenly_by_steps(longest, every);
  if (!by_change) return times;
  std::vector<double> changes(static_cast<std::size_t>(longest) + 1);
  for (const FilmedPanel& panel : panels) {
    const std::vector<double> parts = parts_of_way(panel);
    for (std::size_t i = 0; i < parts.size(); ++i) changes[i] += parts[i];
  }
  return evenly_by_change(changes, times.size());
}

std::vector<std::int64_t> evenly_by_steps(std::int64_t last, std::optional<std::int64_t> every) {
  const std::int64_t apart = every.value_or(std::max<std::int64_t>(1, (last + kFrames - 1) / kFrames));
  std::vector<std::int64_t> out;
  out.reserve(static_cast<std::size_t>(how_many_by_steps(last, apart)));
  for (std::int64_t at = 0; at < last; at += apart) out.push_back(at);
  out.push_back(last);
  return out;
}

std::int64_t how_many_by_steps(std::int64_t last, std::int64_t every) {
  return (last + every - 1) / every + 1;
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
