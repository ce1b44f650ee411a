// The runs of an engine besides the one it shows: opening runs, those that wait in other labs, and undoing
// both.
#include <algorithm>
#include <utility>

#include "core/optimize/optimizer.h"
#include "core/run/engine.h"

namespace iem {
namespace {

// The most openings that can be undone: runs that were left keep their keyframes in memory.
constexpr std::ptrdiff_t kMostOpened = 10;
// Whatever takes no longer than one waits for is not ended.
constexpr auto kWait = std::chrono::milliseconds(100);

const std::string& lab_id(const Run& run) { return run.setup().config().lab(); }

std::optional<std::size_t> index_of_run(const Engine::FoundRate& found, const Comparison& runs) {
  for (std::size_t i = 0; i < runs.size(); ++i)
    if (runs.entry(i).mark == found.mark && runs.run(i).setup().config().text(kRuleKey) == found.rule)
      return i;
  return std::nullopt;
}

}  // namespace

Engine::Left Engine::shown() const { return {runs_, opening_}; }

void Engine::bring(const Left& left) {
  runs_ = left.runs;
  opening_ = left.opening;
  playing_ = false;
  finished_.clear();
}

// Leaves the shown run waiting in its lab. A run that waited in the lab of `next` is kept in the undo step.
void Engine::leave_for(const Left& next) {
  Undo undo;
  undo.stay = std::make_shared<const Stay>(Stay{shown(), waiting_});
  remember(std::move(undo));
  forget_oldest_stay();
  waiting_.insert_or_assign(lab_id(runs_.first()), shown());
  waiting_.erase(lab_id(next.runs.first()));
  bring(next);
}

void Engine::forget_oldest_stay() {
  const auto is_stay = [](const Undo& undo) { return undo.stay != nullptr; };
  if (std::ranges::count_if(undo_, is_stay) <= kMostOpened) return;
  // Undo steps before the oldest opening belong to runs that no longer exist.
  undo_.erase(undo_.begin(), std::ranges::find_if(undo_, is_stay) + 1);
}

// Only the choice of the shown run is undone, not the edits made since: each run returns as it was last left.
void Engine::go_back(const Stay& stay, std::vector<Undo>& to) {
  const auto now = std::make_shared<const Stay>(Stay{shown(), waiting_});
  const auto latest = [&](const Left& then) {
    if (then.opening == now->shown.opening) return now->shown;
    const auto found = now->waiting.find(lab_id(then.runs.first()));
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
    Run opened = run;
    opened.work_on(runs_.first().shared_pool());
    std::vector<std::string> refused;
    leave_for({Comparison(std::move(opened), refused, until_ended()), opening_of(run)});
    say_all(refused);
  });
}

void Engine::show_lab(std::string lab) {
  post([this, lab = std::move(lab)] {
    const auto found = waiting_.find(lab);
    if (found != waiting_.end()) leave_for(Left(found->second));
  });
}

void Engine::visit(Run run) {
  post([this, run = std::move(run)] {
    Run shown_now = run;
    shown_now.work_on(runs_.first().shared_pool());
    if (!home_) home_ = Home{{shown(), waiting_}, undo_, redo_};
    undo_.clear(), redo_.clear(), waiting_.clear();
    Opening opening = *opening_of(run);
    opening.visit = true;
    std::vector<std::string> refused;
    bring({Comparison(std::move(shown_now), refused, until_ended()),
           std::make_shared<const Opening>(std::move(opening))});
    say_all(refused);
  });
}

void Engine::end_visit() {
  post([this] {
    if (!home_) return;
    Home home = std::move(*home_);
    home_.reset();
    bring(home.stay.shown);
    waiting_ = std::move(home.stay.waiting);
    undo_ = std::move(home.undo), redo_ = std::move(home.redo);
  });
}

// The run of an opening wherever it is kept now; the latest if there are several, else null.
const Run* Engine::find(const std::shared_ptr<const Opening>& opening) const {
  if (opening_ == opening) return &runs_.first();
  const auto in = [&](const std::map<std::string, Left>& waiting) -> const Run* {
    for (const auto& [lab, left] : waiting)
      if (left.opening == opening) return &left.runs.first();
    return nullptr;
  };
  if (const Run* run = in(waiting_)) return run;
  const auto of = [&](const Stay& stay) -> const Run* {
    return stay.shown.opening == opening ? &stay.shown.runs.first() : in(stay.waiting);
  };
  const auto undone = [&](const std::vector<Undo>& list) -> const Run* {
    for (auto undo = list.rbegin(); undo != list.rend(); ++undo)
      if (const Run* run = undo->stay ? of(*undo->stay) : nullptr) return run;
    return nullptr;
  };
  for (const std::vector<Undo>* list : {&undo_, &redo_})
    if (const Run* run = undone(*list)) return run;
  if (!home_) return nullptr;
  if (const Run* run = of(home_->stay)) return run;
  const Run* run = undone(home_->undo);
  return run != nullptr ? run : undone(home_->redo);
}

void Engine::apply(Edit edit, std::uint64_t gesture, std::shared_ptr<const Opening> of) {
  post([this, edit = std::move(edit), gesture, of = std::move(of)] {
    if (!of || of == opening_) do_apply(edit, gesture);
  });
}

void Engine::apply(std::vector<Edit> edits, std::uint64_t gesture, std::shared_ptr<const Opening> of) {
  post([this, edits = std::move(edits), gesture, of = std::move(of)] {
    if (!of || of == opening_) apply_hand(edits, gesture);
  });
}

void Engine::look(std::function<void(const Run&)> look) {
  post([this, look = std::move(look)] { look(runs_.first()); });
}

void Engine::look(std::shared_ptr<const Opening> opening, std::function<void(const Run*)> look) {
  post([this, opening = std::move(opening), look = std::move(look)] { look(find(opening)); });
}

// --- runs beside the one that is shown ---

// Changes the list of runs by `how`: completely or not at all, and as one undo step.
void Engine::rearrange(const std::function<void(Comparison&)>& how) {
  Comparison next = runs_;
  how(next);
  remember({std::exchange(runs_, std::move(next)), std::nullopt, 0});
  finished_.clear();
}

void Engine::compare(std::vector<RunSpec> specs) {
  post([this, specs = std::move(specs), asked = ++ends_coming_] { bring_beside(specs, asked, true); });
}

void Engine::compare_rules() {
  post([this, asked = ++ends_coming_] {
    bring_beside(fair_rule_specs(runs_.first(), rules_to_compare()), asked, true);
  });
}

void Engine::add_run(RunSpec spec) {
  post([this, spec = std::move(spec), asked = ends_coming_.load()] { bring_beside({spec}, asked, false); });
}

void Engine::end_coming() { ++ends_coming_; }

std::optional<Engine::Coming> Engine::coming() const {
  std::lock_guard lock(mutex_);
  return coming_;
}

void Engine::tell(std::optional<Coming> coming) {
  {
    std::lock_guard lock(mutex_);
    coming_ = std::move(coming);
  }
  if (on_publish_) on_publish_();
}

// Tells how far it is on the way.
void Engine::add_coming(const RunSpec& spec, Coming coming, const GoesOn& goes_on) {
  tell(coming);
  auto told = now_();
  runs_.add(spec, 0, goes_on, [&](std::int64_t step, std::int64_t last) {
    if (const auto now = now_(); coming.last == 0 || now - told >= kPublishInterval) {
      coming.step = step, coming.last = last;
      tell(coming);
      told = now;
    }
  });
}

// Adds these runs, in place of the others or to them, as one undo step. Where one is refused, or the engine
// is about to end, all stays as it was; where somebody has asked to end it, the runs that have come stay.
void Engine::bring_beside(const std::vector<RunSpec>& specs, std::uint64_t asked, bool replaces) {
  Comparison before = runs_;
  const auto begin = now_();
  std::atomic<bool> ended = false;  // several threads seek the best rate
  const GoesOn goes_on = [&] {
    if (ends_replays_ || (ends_coming_ != asked && now_() - begin > kWait)) ended = true;
    return !ended;
  };
  std::size_t came = 0;
  try {
    if (replaces) runs_.dismiss_others();
    for (const RunSpec& spec : specs) {
      if (came > 0) publish();
      add_coming(spec, {.name = spec.name, .place = came + 1, .of = specs.size()}, goes_on);
      ++came;
    }
  } catch (...) {
    tell({});
    if (!ended || ends_replays_ || came == 0) {
      runs_ = std::move(before);
      throw;
    }
    say("Ended: " + std::to_string(came) + " of " + std::to_string(specs.size()) + " runs have come.");
  }
  tell({});
  remember({std::move(before), std::nullopt, 0});
  finished_.clear();
}

void Engine::remove_run(std::size_t i) {
  post([this, i] {
    if (i < runs_.size() && runs_.size() > 1) rearrange([i](Comparison& runs) { runs.remove(i); });
  });
}

void Engine::make_first(std::size_t i) {
  post([this, i] {
    if (i > 0 && i < runs_.size()) rearrange([i](Comparison& runs) { runs.make_first(i); });
  });
}

void Engine::show_run(std::size_t i, bool shown) {
  post([this, i, shown] {
    if (i < runs_.size()) runs_.show(i, shown);
  });
}

void Engine::apply_to(std::size_t i, Edit edit) {
  post([this, i, edit = std::move(edit)] {
    if (i < runs_.size()) rearrange([&](Comparison& runs) { runs.apply_to(i, edit); });
  });
}

void Engine::begin_at_rates(std::vector<FoundRate> found) {
  post([this, found = std::move(found)] {
    Comparison::Rates rates(runs_.size());
    std::size_t used = 0;
    for (const FoundRate& one : found)
      if (const auto i = index_of_run(one, runs_)) rates[*i] = one.rate, ++used;
    if (used < found.size())
      say("Runs were removed or changed while their best rates were sought: those rates were left out.");
    if (used == 0 && !found.empty()) return;
    Scene scene = runs_.first().setup().scene;
    if (rates.front()) scene.config.set(kRateKey, *rates.front());
    begin(Run(std::move(scene), runs_.first().shared_pool()), rates);
  });
}

void Engine::set_draws(int times) {
  post([this, times] { runs_.set_draws(times); });
}

void Engine::look_at_runs(std::function<void(const Comparison&)> look) {
  post([this, look = std::move(look)] { look(runs_); });
}

void Engine::look_at_all(bool whole) {
  post([this, whole] { whole_ = whole; });
}

void Engine::say_where(Snapshot& snapshot) const {
  snapshot.opening = opening_;
  for (const auto& [lab, left] : waiting_) snapshot.waiting.push_back(lab);
}

void Engine::loop(std::int64_t end) {
  post([this, end] { loop_end_ = end; });
}

// --- going to steps, also of runs whose past is being replayed ---

void Engine::go_to(std::int64_t step) {
  playing_ = false;
  finished_.clear();
  runs_.take_past();
  const std::int64_t wish = std::max<std::int64_t>(step, 0), to = reachable(wish);
  if (to > wish)
    say("The steps before " + std::to_string(to) +
        " are being replayed; they can be shown when that is done.");
  approach(to);
}

// Known steps are gone to at once. Further ones are shown like those of playing, and can be ended like it
// where they take longer than one waits.
void Engine::approach(std::int64_t step) {
  seek_runs(std::min(step, std::max(runs_.first().last_step(), runs_.clock())));
  const auto begin = now_();
  const auto ended = [&] { return (other_ways_ > 0 || ends_replays_) && now_() - begin > kWait; };
  auto shown = begin;
  bool goes_on = runs_.clock() < step;
  for (std::int64_t many = 1; goes_on && !ended(); many *= 2) {
    const std::int64_t before = runs_.clock();
    seek_runs(before + std::min(many, step - before));
    goes_on = runs_.clock() < step && runs_.clock() > before;  // no run goes on from where it is not finite
    if (now_() - shown < kPublishInterval) continue;
    playing_ = goes_on;
    publish();
    playing_ = false;
    many = 1, shown = now_();
  }
}

void Engine::seek_runs(std::int64_t step) {
  bool replays = false;
  for (std::size_t i = 0; i < runs_.size(); ++i) replays |= step < runs_.run(i).first_kept();
  runs_.seek(step, replays ? until_ended() : GoesOn());
}

GoesOn Engine::until_ended() const {
  return [this] { return !ends_replays_; };
}

void Engine::end_replays() { ends_replays_ = true; }

// A step that need not be waited for.
std::int64_t Engine::reachable(std::int64_t step) const { return std::max(step, runs_.first_kept_now()); }

// Publishing looks for it, so that whatever brings back a run takes its past too.
void Engine::take_past() {
  post([] {});
}

}  // namespace iem
