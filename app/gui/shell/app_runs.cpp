// Several runs in the window: their actions, and their figures, which are shown beside the stage while runs
// are compared.
#include <algorithm>
#include <utility>

#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/shell/app.h"
#include "app/gui/widgets/widgets.h"
#include "core/run/new_start.h"

namespace iem::gui {
namespace {

constexpr const char* kPlotsKey = "view.plots";
constexpr double kManyPulls = 1e6;  // steps times points that take each further run a while

// Where the runs beside this one do not come at once: what they wait for. Else empty.
std::string long_way_words(const Snapshot& s) {
  const double pulls = static_cast<double>(s.state.step) * static_cast<double>(s.data().size());
  return pulls < kManyPulls ? std::string() : word(text::kRunsComing) + format_whole(s.state.step) + ".";
}

}  // namespace

// Where other runs are there already or on their way, as with the button they go. Their plots come with them,
// from the second cell on, so that the loss stays where it is.
void App::compare() {
  if (compares_ || engine_.coming()) return dismiss_runs();
  if (const std::string words = long_way_words(context_.snapshot()); !words.empty())
    context_.notices().say(words);
  engine_.compare_rules();
  if (context_.view().config.table().find(kPlotsKey) == nullptr) return;
  const std::vector<std::string> now = context_.view().config.list(kPlotsKey);
  std::vector<std::string> plots = now;
  std::size_t cell = 1;
  for (const FigureType& type : context_.lab().figures()) {
    if (type.use != FigureUse::runs || std::ranges::find(plots, type.id) != plots.end()) continue;
    if (cell < plots.size()) plots[cell++] = type.id;
  }
  if (plots == now) return;
  context_.view().plots_alone = now;
  context_.view().plots_of_runs = plots;
}

void App::dismiss_runs() {
  engine_.compare({});
  exchange_plots(context_.view().plots_of_runs, context_.view().plots_alone);
}

// Plots that the user has chosen in the meantime are kept.
void App::exchange_plots(const std::vector<std::string>& shown, const std::vector<std::string>& next) {
  const Config& view = context_.view().config;
  if (next.empty() || view.table().find(kPlotsKey) == nullptr || view.list(kPlotsKey) != shown) return;
  context_.set(kPlotsKey, next);
}

// The other runs also come and go by undo and redo, or one by one.
void App::follow_runs() {
  const bool compares = !std::ranges::all_of(context_.snapshot().lanes, &ComparedRun::kept);
  const bool of_another_run = std::exchange(compared_opened_, context_.opened()) != context_.opened();
  if (std::exchange(compares_, compares) == compares || of_another_run) return;
  const ViewState& view = context_.view();
  if (compares)
    exchange_plots(view.plots_alone, view.plots_of_runs);
  else
    exchange_plots(view.plots_of_runs, view.plots_alone);
}

void App::add_run_actions() {
  const auto still = [this] { return nothing_changes(); };
  actions_.add(
      {.id = "run.compare",
       .label = word(text::action::kCompareRules),
       .chords = {ImGuiKey_K},
       .run = [this] { compare(); },
       .disabled = [this] { return compares_ || engine_.coming() ? std::string() : nothing_changes(); }});
  actions_.add({.id = "run.best_rates",
                .label = word(text::action::kFairRates),
                .run = [this] { run_work_.find_rates(context_); },
                .disabled = still});
  actions_.add({.id = "run.draw",
                .label = word(text::action::kTwentyStarts),
                .run = [this] { run_work_.draw(context_, DrawOf::start, 20); },
                .disabled = [this] { return new_start_unavailable(context_.snapshot().setup->scene); }});
  actions_.add({.id = "run.dismiss",
                .label = word(text::action::kDismiss),
                .run = [this] { dismiss_runs(); },
                .disabled =
                    [this] {
                      return reason_if(context_.snapshot().lanes.empty() && !engine_.coming(),
                                       text::kNoOtherRuns);
                    }});
}

}  // namespace iem::gui
