// The atlas of starts: to which optimum every place of a grid leads, and in how many steps. It is made coarse
// first and finer level by level; what is made coarse stays. Places, their order and so all numbers and names
// are the same for any number of threads.
//
// Runs that settle at states that are alike (optima.h) count as one. The first of them is run on to the end
// (StartRunner::run_on), and those whose first one comes to the same end lead to one optimum.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/atlas/optima.h"
#include "core/atlas/plan.h"

namespace iem {

// The id of the figure that shows it.
inline constexpr const char* kAtlasFigure = "atlas";

// What stands in place of the number of an optimum.
inline constexpr std::uint8_t kFurtherOptimum = 252,  // one of those beyond Optima::kMost
    kUnsettled = 253, kDiverged = 254, kUnknownEnd = 255;

struct AtlasCell {
  std::uint8_t end = kUnknownEnd;  // a place in Atlas::optima, or one of the above
  std::int32_t steps = 0;          // until it settled; of others all that were taken
  double loss = 0;                 // J there
  std::uint64_t hash = 0;          // of the state there
};

struct AtlasOptimum {
  std::string name;        // "A"
  double loss = 0;         // the lowest J of a run there
  Theta theta;             // the parameters of one that was run on
  std::int64_t count = 0;  // of known cells
};

// Where the optima of a plan's runs are told apart; none has been found.
Optima no_optima_yet(const AtlasPlan& plan);

// Optima by name, and the place there of each as it was found; nothing has been counted.
struct RankedOptima {
  std::vector<AtlasOptimum> list;
  std::vector<std::size_t> rank;
};
RankedOptima ranked(const Optima& optima);

struct Atlas {
  AtlasPlan plan;
  int stride = 1;                    // known are the cells whose column and row are multiples of it; 1: all
  std::vector<AtlasCell> cells;      // side x side, row-major, row 0 at y0
  std::vector<AtlasOptimum> optima;  // the lowest J first
  std::int64_t further = 0, unsettled = 0, diverged = 0, known = 0;  // cells
  std::int32_t slowest = 1;  // steps of the start that settled last, at least 1

  // The cell at a place, or the known one that stands for it; null outside of the ranges.
  const AtlasCell* at(double x, double y) const;
  Eigen::Vector2d place(const AtlasCell& cell) const;  // where its start is
  double share(std::int64_t count) const { return known > 0 ? double(count) / double(known) : 0; }
};

// Called now and then with how many cells are known; if it returns false the work stops.
using AtlasWatch = std::function<bool(std::int64_t known, std::int64_t all)>;

class AtlasMaker {
 public:
  explicit AtlasMaker(AtlasPlan plan);

  const AtlasPlan& plan() const { return plan_; }
  // Of the level that is complete; 0: none is.
  int stride() const { return stride_; }
  // Completes the next level; false where `watch` said to stop, or `goes_on`, which is asked before each step
  // of a start, on any thread. The next call goes on from there, but for starts that were under way.
  bool refine(ThreadPool& pool, const AtlasWatch& watch = {}, const GoesOn& goes_on = {});
  // What is known now.
  std::shared_ptr<const Atlas> seen() const;

 private:
  std::vector<std::int64_t> level(int stride) const;  // its new cells
  std::size_t at_once() const;
  std::vector<StartEnd> ends_of_next(std::size_t count, ThreadPool& pool, const GoesOn& goes_on) const;
  void enter(std::int64_t cell, const StartEnd& end);
  void run_on(const std::vector<StartEnd>& ends, ThreadPool& pool, const GoesOn& goes_on);
  void take_back(std::size_t count, std::size_t stops);

  AtlasPlan plan_;
  int stride_ = 0;
  Optima stops_, optima_;  // where runs settled, and the ends of those that were run on; as they were found
  std::vector<std::uint8_t> optimum_;  // of each stop
  std::vector<AtlasCell> cells_;       // that settled at the stops of these numbers
  std::vector<std::int64_t> open_;     // cells of the level under way,
  std::size_t done_ = 0;               // and how many of them are known
  std::int64_t known_ = 0;
  int next_stride() const;
};

// Keeps the last atlas, so that a figure of it can be made again, or finer, without running it again. Any
// thread may ask.
class AtlasShelf {
 public:
  explicit AtlasShelf(int threads = 0) : threads_(threads) {}
  // The atlas of a plan, made until its stride is at most `stride` or `watch` or `goes_on` stops it
  // (AtlasMaker::refine); null: nothing is known yet.
  std::shared_ptr<const Atlas> get(const AtlasPlan& plan, int stride = 1, const AtlasWatch& watch = {},
                                   const GoesOn& goes_on = {});
  // A map of few places, on a grid of its own, to be seen until the first level has come, which may take
  // seconds; what get() has made for the plan, where there is any. It is not the one that was made last. Null
  // where `goes_on` ended it.
  std::shared_ptr<const Atlas> rough(const AtlasPlan& plan, const GoesOn& goes_on = {});
  // The one that was made last; null: none was.
  std::shared_ptr<const Atlas> last() const;
  // From now on this is the one that was made last.
  void put(std::shared_ptr<const Atlas> atlas);

 private:
  const int threads_;
  std::mutex working_;
  std::unique_ptr<ThreadPool> pool_;
  std::unique_ptr<AtlasMaker> maker_;
  std::shared_ptr<const Atlas> rough_;
  mutable std::mutex reading_;
  std::shared_ptr<const Atlas> last_;
};

// Whether most starts have not settled, so that more steps would show where they lead.
bool mostly_unsettled(const Atlas& atlas);

// How a start ended: "A, J = 2.2241, 31 steps", "does not settle in 150 steps, J = 2.3".
std::string words_of(const Atlas& atlas, const AtlasCell& cell);

// The stride of the coarsest level.
int coarsest_stride(int side);

}  // namespace iem
