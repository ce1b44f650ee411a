#include "core/labs/kit/phases/phases.h"

#include <algorithm>
#include <cmath>

#include "core/base/words.h"

namespace iem {
namespace {

constexpr const char* kPhaseKey = "view.phase";

}  // namespace

Parameter phase_parameter(const std::vector<std::pair<std::string, std::string>>& phases) {
  Parameter out{.key = kPhaseKey,
                .group = Group::view,
                .kind = ParameterKind::choice,
                .effect = Effect::view,
                .label = "Phase",
                .help = "The phase of one update that the stage shows, with the numbers of the pinned point.",
                .default_value = std::string(kNoPhase),
                .choices = {kNoPhase},
                .choice_labels = {"none"},
                .in_panel = false};  // chosen in the strip of phases
  for (const auto& [id, label] : phases) {
    if (std::ranges::find(out.choices, id) != out.choices.end()) continue;
    out.choices.push_back(id);
    out.choice_labels.push_back(label);
  }
  return out;
}

PhaseInView phase_in_view(const Snapshot& snapshot, const View& view, int point) {
  PhaseInView out;
  out.point = point;
  if (view.config.table().find(kPhaseKey) == nullptr) return out;
  const std::string& chosen = view.config.text(kPhaseKey);
  const bool walks = !std::isnan(view.phase);
  if (walks ? !(view.phase > -1) : chosen == kNoPhase) return out;
  const Lab& lab = lab_of(*snapshot.setup);
  out.all = lab.phases(snapshot, std::max(point, 0));
  if (walks) {
    out.index = static_cast<int>(std::ceil(view.phase));
    out.part = view.phase - (out.index - 1);
    if (out.index >= static_cast<int>(out.all.size())) out.index = -1;
    return out;
  }
  const auto found = std::ranges::find(out.all, chosen, &Phase::id);
  if (found == out.all.end())
    out.absent = chosen;
  else
    out.index = static_cast<int>(found - out.all.begin());
  return out;
}

bool has_next(const Snapshot& snapshot) {
  return snapshot.next.size() == snapshot.state.theta.size() && snapshot.next.allFinite();
}

Theta shown_theta(const Snapshot& snapshot, const PhaseInView& phases) {
  const Theta& now = snapshot.state.theta;
  if (!phases.on() || !phases.now().moves || !has_next(snapshot)) return now;
  return phases.part == 1 ? snapshot.next : Theta(now + phases.part * (snapshot.next - now));
}

void name_phase(Figure& figure, Panel& panel, const PhaseInView& phases, const std::string& point) {
  if (!phases.absent.empty()) figure.caption += " An update has no phase " + phases.absent + " here.";
  if (!phases.on()) return;
  const Phase& phase = phases.now();
  const bool of_point = !phase.in_m_step && phases.point >= 0;
  panel.title = capitalised(phase.label) + (of_point ? ": " + point : "");
  panel.title_tex = phase.symbol;
  figure.caption += " Phase of one update: " + phase.label + ", $" + phase.symbol + "$" +
                    (of_point ? ", of " + point : "") + ". " + phase.help;
  if (phases.point < 0 && !phase.in_m_step) figure.caption += " Nothing is pinned whose numbers they were.";
}

}  // namespace iem
