#include "app/gui/context/run_work.h"

#include <algorithm>
#include <utility>

#include "app/gui/context/panel_context.h"
#include "app/gui/look/text.h"
#include "core/base/error.h"
#include "core/base/number.h"
#include "core/labs/kit/seen_draws.h"
#include "core/optimize/optimizer.h"
#include "core/run/best_rate.h"

namespace iem::gui {
namespace {

// "Best of 13 rates after 100 steps: GD 1, natural gradient 0.3162."
std::string words_of(const Comparison& runs, const Comparison::Rates& rates) {
  std::string out;
  for (std::size_t i = 0; i < rates.size(); ++i)
    if (rates[i]) out += (out.empty() ? "" : ", ") + runs.entry(i).spec.name + " " + format_number(*rates[i]);
  if (out.empty()) return std::string(text::kNoRates);
  return "Best of " + std::to_string(rates_to_try().size()) + " rates after " +
         std::to_string(steps_to_try(runs.first().setup().config())) + " steps: " + out + ".";
}

std::vector<Engine::FoundRate> found_rates(const Comparison& runs, const Comparison::Rates& rates) {
  std::vector<Engine::FoundRate> out;
  for (std::size_t i = 0; i < rates.size(); ++i)
    if (rates[i]) out.push_back({runs.entry(i).mark, runs.run(i).setup().config().text(kRuleKey), *rates[i]});
  return out;
}

// Waits for it.
Comparison copied(const std::shared_future<Comparison>& copy) {
  try {
    return copy.get();
  } catch (const std::future_error&) {
    throw InputError("the runs could not be copied");
  }
}

}  // namespace

RunWork::~RunWork() { stop(); }

void RunWork::stop() {
  if (progress_) progress_->stopped = true;
}

double RunWork::part() const {
  const std::size_t all = progress_ ? progress_->all.load() : 0;
  return all == 0 ? 0 : static_cast<double>(progress_->done.load()) / static_cast<double>(all);
}

// Starts new work in place of any under way. It works on a copy of the runs, which is cheap; only the engine
// uses its own.
void RunWork::ask(PanelContext& context, std::string words, Work work) {
  stop();
  opened_ = context.opened();
  words_ = std::move(words);
  work_ = std::move(work);
  progress_ = std::make_shared<Progress>();
  const auto sent = std::make_shared<std::promise<Comparison>>();
  asked_ = sent->get_future();
  context.engine().look_at_runs([sent](const Comparison& runs) { sent->set_value(runs); });
}

void RunWork::find_rates(PanelContext& of) {
  ask(of, std::string(text::kFindingRates), [](const Comparison& runs, Progress& progress) -> Arrival {
    const Comparison::Rates rates = best_rates(
        runs, *runs.first().shared_pool(),
        [&](std::size_t now, std::size_t of) { return progress.reach(now, of); },
        [&] { return !progress.stopped; });
    if (progress.stopped) return {};
    return [found = found_rates(runs, rates), said = words_of(runs, rates)](PanelContext& context) {
      context.notices().say(said, Notices::Tone::good);
      context.engine().begin_at_rates(found);
    };
  });
}

void RunWork::draw(PanelContext& shown, DrawOf of, int times) {
  ask(shown, std::string(text::kDrawing), [of, times](const Comparison& runs, Progress& progress) -> Arrival {
    const DrawPlan plan = plan_draws(runs, of, times);
    const auto drawn = make_draws(
        plan.runs, plan.draws, plan.last, *runs.first().shared_pool(),
        [&](std::size_t now, std::size_t all) { return progress.reach(now, all); }, {},
        [&] { return !progress.stopped; });
    auto seen = std::make_shared<const SeenDraws>(runs, plan, drawn);
    return [seen, times, said = plan.said](PanelContext& context) {
      for (const std::string& words : said) context.notices().say(words);
      if (seen->count() == 0) return context.notices().say(std::string(text::kNoDraws), Notices::Tone::warn);
      context.view().draws = seen;
      context.engine().set_draws(times);
      context.view().touch();
    };
  });
}

// What came back has the draws it was left with.
void RunWork::draw_opened(PanelContext& context) {
  if (std::exchange(drawn_opened_, context.opened()) == context.opened() || context.came_back()) return;
  int times = 1;
  for (const RunSpec& spec : context.snapshot().setup->scene.compare) times = std::max(times, spec.seeds);
  if (times > 1) draw(context, DrawOf::both, times);
}

void RunWork::follow(PanelContext& context) {
  if (job_.ready()) {
    Outcome<Arrival> came = job_.take();
    const bool wanted = !asked_.valid() && opened_ == context.opened();
    if (wanted && !came.error.empty()) context.notices().say(came.error, Notices::Tone::warn);
    if (wanted && came.value && *came.value) (*came.value)(context);
  }
  const bool here = asked_.valid() && asked_.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  if (here && !job_.running()) begin();
}

// The copy is taken in the job, whose errors are said: the engine may have failed to make it.
void RunWork::begin() {
  job_.start([copy = asked_.share(), work = std::move(work_), progress = progress_] {
    Comparison runs = copied(copy);
    runs.work_on(std::make_shared<ThreadPool>());  // the engine goes on with its own
    return work(runs, *progress);
  });
}

}  // namespace iem::gui
