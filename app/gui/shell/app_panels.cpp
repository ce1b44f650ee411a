// Which of the window's panels are there, and how high those of the column are.
#include <algorithm>
#include <numeric>
#include <string_view>
#include <vector>

#include "app/gui/controls/run_strip.h"
#include "app/gui/shell/app.h"

namespace iem::gui {

// Whether the stage would show what is covered, at this phase or by what led to it.
bool App::phase_tells() {
  const std::vector<Phase>& phases = context_.phases();
  const std::vector<double> shares = context_.responsibilities();
  for (int i = 0; i <= phase_ && i < static_cast<int>(phases.size()); ++i)
    if (context_.reduced().covers_phase(phases[static_cast<std::size_t>(i)], shares, context_.lab().id()))
      return true;
  return false;
}

// The meter has its place there too.
bool App::has_transport() const {
  const Reduced& reduced = context_.reduced();
  return reduced.shows_panel("step") || (reduced.shows_panel("meter") && !presenter_.on());
}

// Those of several runs that are compared.
bool App::has_runs() { return !presenter_.on() && !embedded_ && has_run_strip(context_); }

bool App::has_offer() { return !presenter_.on() && !embedded_ && (offer().has_value() || offers_lesson()); }

bool App::has_phase_strip() {
  return !embedded_ && pages_.of(context_.lab()).windows().phases && !context_.phases().empty() &&
         context_.reduced().shows_panel("strip") && (phase_ >= 0 || presenter_.on() || !Layout::is_low());
}

// What is asked has more to say than a figure, formulas have less.
std::vector<float> App::column_heights() {
  std::vector<float> out = pages_.of(context_.lab()).heights(context_);
  const std::vector<const char*>& column = windows_->column;
  if (column.empty() || std::string_view(column.back()) != kMomentWindow) return out;
  out.resize(column.size(), 1.0F);
  const float figures = std::accumulate(out.begin(), out.end() - 1, 0.0F);
  out.back() = (Presenter::has_moment(context_, lessons_) ? 1.5F : 0.4F) * std::max(figures, 1.0F);
  return out;
}

}  // namespace iem::gui
