// Several runs in the window: their figures are shown beside the stage while runs are compared.
#include <algorithm>
#include <utility>

#include "app/gui/shell/app.h"

namespace iem::gui {
namespace {

constexpr const char* kPlotsKey = "view.plots";

}  // namespace

// From the second cell on, so that the loss stays where it is.
void App::compare() {
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
  plots_before_ = now;
  plots_of_runs_ = plots;
  context_.set(kPlotsKey, plots);
}

void App::dismiss_runs() {
  engine_.compare({});
  restore_plots();
}

// Plots that the user has chosen in the meantime are kept.
void App::restore_plots() {
  const Config& view = context_.view().config;
  if (plots_before_.empty() || view.table().find(kPlotsKey) == nullptr) return;
  if (view.list(kPlotsKey) != plots_of_runs_) return;
  context_.set(kPlotsKey, plots_before_);
  plots_before_.clear();
}

// The other runs also go by undo, or one by one.
void App::follow_runs() {
  const bool compares = !std::ranges::all_of(context_.snapshot().lanes, &ComparedRun::kept);
  if (std::exchange(compares_, compares) && !compares) restore_plots();
}

}  // namespace iem::gui
