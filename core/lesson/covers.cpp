#include "core/lesson/covers.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/figure/next_step.h"
#include "core/figure/until_step.h"
#include "core/run/problem.h"
#include "core/run/snapshot.h"

namespace iem {
namespace {

using Kind = WindowElement::Kind;

constexpr std::string_view kShares = "shares", kLossValue = "loss_value";

void add(std::vector<WindowElement>& out, Kind kind, std::string_view name) {
  if (!has_element(out, kind, name)) out.push_back({kind, std::string(name), {}});
}

void add_shares(std::vector<WindowElement>& out, const Snapshot& snapshot) {
  add(out, Kind::part, kShares);
  for (const FigureType& type : lab_of(*snapshot.setup).figures())
    if (type.use == FigureUse::point || type.tells_shares) add(out, Kind::figure, type.id);
}

void add_places(std::vector<WindowElement>& out, const std::string& number, const Snapshot& snapshot) {
  for (const WindowElement& place : places_of_number(number, snapshot)) add(out, place.kind, place.name);
  if (has_element(out, Kind::part, kShares)) add_shares(out, snapshot);
}

void add_symbol(std::vector<WindowElement>& out, const std::string& tex, const Snapshot& snapshot) {
  const std::string lab = lab_of(*snapshot.setup).id();
  for (const Parameter& parameter : snapshot.config().table().all())
    if (parameter.symbol == tex) add(out, Kind::key, parameter.key);
  for (const SymbolWords& symbol : symbols_of(tex, lab)) {
    if (symbol.value == SymbolValue::loss) add_places(out, "loss", snapshot);
    if (symbol.is_share) add_shares(out, snapshot);
  }
}

std::vector<std::string> letters_of(std::string_view tex, std::string_view lab) {
  std::vector<std::string> out;
  for (const SymbolWords& symbol : symbols_of(tex, lab)) out.push_back(symbol.letter);
  return out;
}

// A pull of minus the share is the share; where a label says that a share should be 0, so is the residual.
bool has_a_share(const std::vector<double>& values, std::span<const double> shares) {
  if (values.size() != shares.size()) return false;
  for (std::size_t j = 0; j < shares.size(); ++j)
    if (shares[j] > 0 && shares[j] < 1 && std::abs(std::abs(values[j]) - shares[j]) < 1e-12) return true;
  return false;
}

// A way that is not over steps, such as that of the parameters, has its future in a line of its own.
bool is_known_future(const Mark& mark) {
  const auto* line = std::get_if<Line>(&mark);
  return line != nullptr && line->series.ends_with(" future");
}

// The ring keeps its place and is an empty track.
void empty_rings(Panel& panel) {
  for (Mark& mark : panel.marks)
    if (auto* ring = std::get_if<RingMark>(&mark)) ring->weights = {}, ring->filled = 0;
}

}  // namespace

std::vector<WindowElement> all_covered(const std::vector<WindowElement>& cover, const Snapshot& snapshot) {
  std::vector<WindowElement> out;
  for (const WindowElement& each : cover) {
    add(out, each.kind, each.name);
    if (each.kind == Kind::number) add_places(out, each.name, snapshot);
    if (each.kind == Kind::formula) add_symbol(out, each.name, snapshot);
    if (each.kind == Kind::part && each.name == kShares) add_shares(out, snapshot);
  }
  return out;
}

bool covers_phase(const std::vector<WindowElement>& covered, const Phase& phase,
                  std::span<const double> shares, std::string_view lab) {
  if (phase.in_m_step && has_element(covered, Kind::part, "m_phases")) return true;
  if (has_element(covered, Kind::number, phase.id)) return true;
  if (has_element(covered, Kind::part, kShares) && (phase.is_share || has_a_share(phase.values, shares)))
    return true;
  return std::ranges::any_of(covered, [&](const WindowElement& each) {
    return each.kind == Kind::formula && letters_of(each.name, lab) == letters_of(phase.symbol, lab);
  });
}

bool covers_symbol(const std::vector<WindowElement>& covered, const SymbolWords& symbol,
                   std::string_view lab) {
  if (symbol.value == SymbolValue::loss && has_element(covered, Kind::part, kLossValue)) return true;
  if (symbol.is_share && has_element(covered, Kind::part, kShares)) return true;
  return std::ranges::any_of(covered, [&](const WindowElement& each) {
    return each.kind == Kind::formula && letters_of(each.name, lab) == std::vector{symbol.letter};
  });
}

Figure covered_figure(Figure figure, const FigureType& type, const std::vector<WindowElement>& covered,
                      std::int64_t step) {
  const auto part = [&](std::string_view id) { return has_element(covered, Kind::part, id); };
  if (type.use == FigureUse::stage) {
    if (part("arrows") || part("pulls"))
      for (Panel& panel : figure.panels) panel = without_next_step(panel);
    if (part(kShares))
      for (Panel& panel : figure.panels) empty_rings(panel);
  }
  if (!part("future")) return figure;
  forget_after(figure, step);
  for (Panel& panel : figure.panels) std::erase_if(panel.marks, is_known_future);
  return figure;
}

}  // namespace iem
