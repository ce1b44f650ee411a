// The runs of an engine beside the one it shows: what is opened, what waits in the other labs, and the way
// back.
#include <algorithm>
#include <utility>

#include "core/run/engine.h"

namespace iem {
namespace {

// Runs that were left keep their keyframes: beyond so many of them the oldest can no longer be had back.
constexpr std::ptrdiff_t kMostOpened = 10;

const std::string& lab_id(const Run& run) { return run.setup().config().lab(); }

}  // namespace

Engine::Left Engine::shown() const { return {run_, lanes_, opening_}; }

void Engine::bring(const Left& left) {
  run_ = left.run;
  lanes_ = left.lanes;
  opening_ = left.opening;
  playing_ = false;
  finished_.clear();
}

// The run that is shown waits in its lab; the one that waited where we go is not lost either: undo has it.
void Engine::leave_for(const Left& next) {
  Undo undo;
  undo.stay = std::make_shared<const Stay>(Stay{shown(), waiting_});
  remember(std::move(undo));
  forget_oldest_stay();
  waiting_.insert_or_assign(lab_id(run_), shown());
  waiting_.erase(lab_id(next.run));
  bring(next);
}

void Engine::forget_oldest_stay() {
  const auto is_stay = [](const Undo& undo) { return undo.stay != nullptr; };
  if (std::ranges::count_if(undo_, is_stay) <= kMostOpened) return;
  // What lies before it was done to runs that cannot be had back any more.
  undo_.erase(undo_.begin(), std::ranges::find_if(undo_, is_stay) + 1);
}

// Which run is shown is taken back, not what was done to any of them since: each comes as it was left last.
void Engine::go_back(const Stay& stay, std::vector<Undo>& to) {
  const auto now = std::make_shared<const Stay>(Stay{shown(), waiting_});
  const auto latest = [&](const Left& then) {
    if (then.opening == now->shown.opening) return now->shown;
    const auto found = now->waiting.find(lab_id(then.run));
    return found != now->waiting.end() && found->second.opening == then.opening ? found->second : then;
  };
  Undo inverse;
  inverse.stay = now;
  to.push_back(std::move(inverse));
  bring(latest(stay.shown));
  waiting_.clear();
  for (const auto& [lab, left] : stay.waiting) waiting_.insert_or_assign(lab, latest(left));
}

void Engine::open(Run run) {
  post([this, run = std::move(run)] {
    Left next{run, {}, opening_of(run)};
    next.run.work_on(run_.shared_pool());
    leave_for(next);
  });
}

void Engine::show_lab(std::string lab) {
  post([this, lab = std::move(lab)] {
    const auto found = waiting_.find(lab);
    if (found != waiting_.end()) leave_for(Left(found->second));
  });
}

// Where the run of an opening is now; the latest, if there are several.
const Run* Engine::find(const std::shared_ptr<const Opening>& opening) const {
  if (opening_ == opening) return &run_;
  const auto in = [&](const std::map<std::string, Left>& waiting) -> const Run* {
    for (const auto& [lab, left] : waiting)
      if (left.opening == opening) return &left.run;
    return nullptr;
  };
  if (const Run* run = in(waiting_)) return run;
  for (const std::vector<Undo>* list : {&undo_, &redo_})
    for (auto undo = list->rbegin(); undo != list->rend(); ++undo) {
      if (!undo->stay) continue;
      if (undo->stay->shown.opening == opening) return &undo->stay->shown.run;
      if (const Run* run = in(undo->stay->waiting)) return run;
    }
  return nullptr;
}

void Engine::look(std::shared_ptr<const Opening> opening, std::function<void(const Run*)> look) {
  post([this, opening = std::move(opening), look = std::move(look)] { look(find(opening)); });
}

void Engine::say_where(Snapshot& snapshot) const {
  snapshot.opening = opening_;
  for (const auto& [lab, left] : waiting_) snapshot.waiting.push_back(lab);
}

}  // namespace iem
