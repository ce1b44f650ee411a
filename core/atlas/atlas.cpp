#include "core/atlas/atlas.h"

#include <algorithm>
#include <atomic>
#include <numeric>

#include "core/base/number.h"

namespace iem {

int coarsest_stride(int side) {
  constexpr int kCoarse = 64;  // places along an axis
  int stride = 1;
  while (side / (2 * stride) >= kCoarse) stride *= 2;
  return stride;
}

const AtlasCell* Atlas::at(double x, double y) const {
  const auto cell = [&](double at, double lo, double hi) {
    const double part = (at - lo) / (hi - lo);
    if (!(part >= 0 && part < 1)) return -1;
    // A known cell stands in the middle of those it stands for.
    const double block = (part * plan.side - 0.5) / stride + 0.5;
    return std::min(static_cast<int>(block), (plan.side - 1) / stride) * stride;
  };
  const int column = cell(x, plan.x0, plan.x1), row = cell(y, plan.y0, plan.y1);
  if (column < 0 || row < 0) return nullptr;
  return &cells[static_cast<std::size_t>(row) * static_cast<std::size_t>(plan.side) +
                static_cast<std::size_t>(column)];
}

Eigen::Vector2d Atlas::place(const AtlasCell& cell) const {
  const auto at = static_cast<int>(&cell - cells.data());
  return plan.place(at % plan.side, at / plan.side);
}

bool mostly_unsettled(const Atlas& atlas) { return 2 * atlas.unsettled > atlas.known; }

std::string words_of(const Atlas& atlas, const AtlasCell& cell) {
  const std::string steps = std::to_string(cell.steps) + (cell.steps == 1 ? " step" : " steps"),
                    loss = "J = " + shown_number(cell.loss, 5);
  if (cell.end == kUnknownEnd) return "";
  if (cell.end == kDiverged) return "diverges after " + steps;
  if (cell.end == kUnsettled) return "does not settle in " + steps + ", " + loss;
  if (cell.end == kFurtherOptimum) return "a further optimum, " + loss + ", " + steps;
  return atlas.optima[cell.end].name + ", " + loss + ", " + steps;
}

Optima no_optima_yet(const AtlasPlan& plan) {
  return {static_cast<const Mixture&>(*plan.setup->model), *plan.setup->data,
          plan.setup->temperature(plan.state.step + plan.steps)};
}

AtlasMaker::AtlasMaker(AtlasPlan plan)
    : plan_(std::move(plan)),
      stops_(no_optima_yet(plan_)),
      optima_(stops_),
      cells_(static_cast<std::size_t>(plan_.side) * static_cast<std::size_t>(plan_.side)) {}

int AtlasMaker::next_stride() const { return stride_ == 0 ? coarsest_stride(plan_.side) : stride_ / 2; }

std::vector<std::int64_t> AtlasMaker::level(int stride) const {
  std::vector<std::int64_t> out;
  for (int row = 0; row < plan_.side; row += stride)
    for (int column = 0; column < plan_.side; column += stride)
      if (stride_ == 0 || row % stride_ != 0 || column % stride_ != 0)
        out.push_back(static_cast<std::int64_t>(row) * plan_.side + column);
  return out;
}

// One thread enters all ends, in the order of the cells: the order in which optima are found is always the
// same.
void AtlasMaker::enter(std::int64_t cell, const StartEnd& end) {
  AtlasCell& out = cells_[static_cast<std::size_t>(cell)];
  out.steps = static_cast<std::int32_t>(end.steps);
  out.loss = end.loss;
  out.hash = end.state.hash();
  out.end = end.fate == Fate::diverged ? kDiverged : kUnsettled;
  if (end.fate != Fate::settled) return;
  const std::size_t stop = stops_.of(end.state.theta, end.loss);
  out.end = stop == Optima::kMost ? kFurtherOptimum : static_cast<std::uint8_t>(stop);
}

// Runs the first runs of new stops on, to see which optimum they are.
void AtlasMaker::run_on(const std::vector<StartEnd>& ends, ThreadPool& pool, const GoesOn& goes_on) {
  constexpr std::int64_t kTimes = 20;  // as many steps as a start has
  std::vector<StartEnd> first;
  for (std::size_t i = 0; i < ends.size() && optimum_.size() + first.size() < stops_.size(); ++i) {
    const AtlasCell& cell = cells_[static_cast<std::size_t>(open_[done_ + i])];
    if (ends[i].fate == Fate::settled && cell.end == optimum_.size() + first.size()) first.push_back(ends[i]);
  }
  pool.run(static_cast<std::int64_t>(first.size()), [&](std::int64_t i) {
    StartEnd& end = first[static_cast<std::size_t>(i)];
    end = StartRunner(plan_, goes_on).run_on(std::move(end), kTimes * plan_.steps);
  });
  if (goes_on && !goes_on()) return;
  for (const StartEnd& end : first)
    optimum_.push_back(static_cast<std::uint8_t>(optima_.of(end.state.theta, end.loss)));
}

// Between two calls of a watch there are at most so many cells, whose states are then in memory: fewer where
// a start takes long. Numbers and names do not depend on it.
std::size_t AtlasMaker::at_once() const {
  constexpr double kMostWork = 2e8, kMost = 2048;  // energies; cells
  const double each =
      static_cast<double>(plan_.steps) * static_cast<double>(plan_.setup->data->size()) * plan_.components();
  return static_cast<std::size_t>(std::clamp(kMostWork / std::max(each, 1.0), 2.0, kMost));
}

std::vector<StartEnd> AtlasMaker::ends_of_next(std::size_t count, ThreadPool& pool,
                                               const GoesOn& goes_on) const {
  const std::size_t per_piece = std::clamp<std::size_t>(at_once() / 8, 1, 16);  // cells that a thread takes
  std::vector<StartEnd> ends(count);
  pool.run(static_cast<std::int64_t>((count + per_piece - 1) / per_piece), [&](std::int64_t piece) {
    StartRunner runner(plan_, goes_on);
    const std::size_t first = static_cast<std::size_t>(piece) * per_piece;
    for (std::size_t i = first; i < std::min(first + per_piece, count); ++i) {
      const std::int64_t cell = open_[done_ + i];
      ends[i] =
          runner.run(plan_.place(static_cast<int>(cell % plan_.side), static_cast<int>(cell / plan_.side)));
    }
  });
  return ends;
}

// The next cells are unknown again, as are all stops but the first ones.
void AtlasMaker::take_back(std::size_t count, std::size_t stops) {
  for (std::size_t i = 0; i < count; ++i) cells_[static_cast<std::size_t>(open_[done_ + i])] = {};
  stops_.keep_first(stops);
}

bool AtlasMaker::refine(ThreadPool& pool, const AtlasWatch& watch, const GoesOn& goes_on) {
  if (stride_ == 1) return true;
  if (open_.empty()) open_ = level(next_stride()), done_ = 0;
  // Once it has said no, all threads end, and nothing of what they return counts.
  std::atomic<bool> given_up = false;
  GoesOn ask;
  if (goes_on)
    ask = [&] {
      if (!given_up && !goes_on()) given_up = true;
      return !given_up;
    };
  const auto all = static_cast<std::int64_t>(cells_.size());
  bool wanted = true;
  while (done_ < open_.size()) {
    const std::size_t count = std::min(at_once(), open_.size() - done_), stops = stops_.size();
    const std::vector<StartEnd> ends = ends_of_next(count, pool, ask);
    if (given_up) return false;
    for (std::size_t i = 0; i < count; ++i) enter(open_[done_ + i], ends[i]);
    run_on(ends, pool, ask);
    if (given_up) {
      take_back(count, stops);
      return false;
    }
    done_ += count;
    known_ += static_cast<std::int64_t>(count);
    wanted = !watch || watch(known_, all);
    if (!wanted && done_ < open_.size()) return false;
  }
  stride_ = next_stride();
  open_.clear();
  return wanted;
}

RankedOptima ranked(const Optima& optima) {
  RankedOptima out;
  std::vector<std::size_t> order(optima.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return optima.loss(i); });
  out.rank.resize(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    out.rank[order[i]] = i;
    out.list.push_back({optimum_name(i), optima.loss(order[i]), optima.theta(order[i]), 0});
  }
  return out;
}

std::shared_ptr<const Atlas> AtlasMaker::seen() const {
  auto out = std::make_shared<Atlas>(Atlas{.plan = plan_, .stride = stride_, .cells = cells_});
  auto [list, rank] = ranked(optima_);
  out->optima = std::move(list);
  for (AtlasCell& cell : out->cells) {
    if (cell.end == kUnknownEnd) continue;
    ++out->known;
    if (cell.end == kDiverged)
      ++out->diverged;
    else if (cell.end == kUnsettled)
      ++out->unsettled;
    else if (cell.end == kFurtherOptimum)
      ++out->further;
    else {
      cell.end = static_cast<std::uint8_t>(rank[optimum_[cell.end]]);
      ++out->optima[cell.end].count;
    }
    if (cell.end <= kFurtherOptimum) out->slowest = std::max(out->slowest, cell.steps);
  }
  return out;
}

std::shared_ptr<const Atlas> AtlasShelf::get(const AtlasPlan& plan, int stride, const AtlasWatch& watch,
                                             const GoesOn& goes_on) {
  const std::lock_guard lock(working_);
  if (const auto made = last(); made && made->stride <= stride && made->plan == plan) return made;
  if (!maker_ || !(maker_->plan() == plan)) maker_ = std::make_unique<AtlasMaker>(plan);
  if (!pool_) pool_ = std::make_unique<ThreadPool>(threads_);
  const int before = maker_->stride();
  while (maker_->stride() == 0 || maker_->stride() > stride)
    if (!maker_->refine(*pool_, watch, goes_on)) break;
  if (maker_->stride() == 0) return nullptr;
  const std::shared_ptr<const Atlas> known = last();
  if (known && maker_->stride() == before && known->plan == plan) return known;
  auto now = maker_->seen();
  const std::lock_guard read(reading_);
  return last_ = std::move(now);
}

std::shared_ptr<const Atlas> AtlasShelf::rough(const AtlasPlan& plan, const GoesOn& goes_on) {
  constexpr int kRough = 16;  // places along an axis
  const std::lock_guard lock(working_);
  if (const auto made = last(); made && made->plan == plan) return made;
  AtlasPlan few = plan;
  few.side = std::min(few.side, kRough);
  if (rough_ && rough_->plan == few) return rough_;
  if (!pool_) pool_ = std::make_unique<ThreadPool>(threads_);
  AtlasMaker maker(std::move(few));
  if (!maker.refine(*pool_, {}, goes_on)) return nullptr;
  return rough_ = maker.seen();
}

std::shared_ptr<const Atlas> AtlasShelf::last() const {
  const std::lock_guard lock(reading_);
  return last_;
}

void AtlasShelf::put(std::shared_ptr<const Atlas> atlas) {
  const std::lock_guard lock(reading_);
  last_ = std::move(atlas);
}

}  // namespace iem
