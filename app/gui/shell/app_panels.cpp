// Which of the window's panels are there, how high those of the column are, and which can have the keyboard.
#include <algorithm>
#include <numeric>
#include <string_view>
#include <vector>

#include "app/gui/controls/run_strip.h"
#include "app/gui/look/text.h"
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

// What can have the keyboard, in reading order.
std::vector<FocusPanel> App::focus_panels() {
  using namespace text::panel;
  Page& page = pages_.of(context_.lab());
  const PageWindows& windows = *windows_;
  std::vector<FocusPanel> out;
  if (!embedded_) out.push_back({"##top", word(kTop)});
  if (has_offer()) out.push_back({"##offer", word(kOffer)});
  if (has_runs()) out.push_back({"##runs", word(kRuns)});
  const auto shown_name = [](const std::string& name) { return name.substr(0, name.find("###")); };
  if (context_.view().only_stage) {
    out.push_back({"##only_stage", shown_name(windows.centre)});
  } else {
    if (windows.left) out.push_back({windows.controls, shown_name(windows.controls)});
    out.push_back({windows.centre, shown_name(windows.centre)});
  }
  if (!context_.view().only_stage && inspects()) {
    out.push_back({"##inspector", word(text::kInspector)});  // over the column
  } else if (!context_.view().only_stage) {
    for (std::size_t cell = 0; cell < windows.column.size(); ++cell) {
      const bool is_moment = std::string_view(windows.column[cell]) == kMomentWindow;
      const std::string title = is_moment ? std::string() : page.title(context_, cell);
      out.push_back({windows.column[cell], title.empty() ? shown_name(windows.column[cell]) : title});
    }
  }
  if (has_phase_strip()) out.push_back({"##phases", word(kPhases)});
  if (has_transport()) out.push_back({"##transport", word(kTransport)});
  return out;
}

}  // namespace iem::gui
