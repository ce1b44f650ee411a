#include "core/lesson/elements.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/utf8.h"
#include "core/base/words.h"
#include "core/config/config.h"
#include "core/expression/functions.h"
#include "core/figure/element_place.h"
#include "core/figure/glossary.h"
#include "core/run/metric.h"
#include "core/run/problem.h"

namespace iem {
namespace {

using Kind = WindowElement::Kind;
constexpr std::string_view kFormulaWord = "formula ";

const std::string& stage_id(const Lab& lab) {
  const FigureType* stage = lab.figure_for(FigureUse::stage);
  return stage != nullptr ? stage->id : lab.figures().front().id;
}

Figure stage_of(const Snapshot& snapshot) {
  const Lab& lab = lab_of(*snapshot.setup);
  return lab.figure(stage_id(lab), snapshot, {snapshot.config(), {}, {}});
}

std::vector<std::string> ids_of(std::span<const WindowPart> parts) {
  std::vector<std::string> out;
  for (const WindowPart& part : parts) out.emplace_back(part.id);
  return out;
}

std::vector<std::string> figures_of(const Snapshot& snapshot) {
  std::vector<std::string> out;
  for (const FigureType& type : lab_of(*snapshot.setup).figures())
    if (is_offered(type, snapshot.config())) out.push_back(type.id);
  return out;
}

std::vector<std::string> keys_of(const Snapshot& snapshot) {
  std::vector<std::string> out;
  for (const Parameter& parameter : snapshot.config().table().all()) out.push_back(parameter.key);
  return out;
}

std::vector<std::string> numbers_of(const Snapshot& snapshot) {
  std::vector<std::string> out = {"loss", "grad_norm", "temperature"};
  for (const std::string& id : snapshot.model().metric_ids()) out.push_back(id);
  for (const Metric& metric : snapshot.setup->problem().metrics()) out.push_back(metric.id);
  for (const NamedTensor& block : snapshot.model().natural(snapshot.state.theta)) out.push_back(block.name);
  return out;
}

// The kinds that a place allows, the preferred one first, and how they are called in messages.
struct PlaceRule {
  NamedIn where;
  std::vector<Kind> kinds;
  const char* words;
};
const PlaceRule& rule_of(NamedIn where) {
  static const std::array<PlaceRule, 4> kRules = {{
      {NamedIn::show, {Kind::panel, Kind::figure}, "a panel or a figure"},
      {NamedIn::controls, {Kind::key, Kind::element, Kind::panel}, "a key, stage, step or an element"},
      {NamedIn::highlight,
       {Kind::panel, Kind::figure, Kind::key, Kind::element, Kind::formula},
       "a panel, a figure, a key, an element or a formula"},
      {NamedIn::cover,
       {Kind::panel, Kind::part, Kind::number, Kind::figure, Kind::formula},
       "a panel, a part, a number, a figure or a formula"},
  }};
  return kRules[static_cast<std::size_t>(where)];
}

// The words of one kind, for looking up and for "did you mean".
std::vector<std::string> words_of(Kind kind, NamedIn where, const Snapshot& snapshot) {
  switch (kind) {
    case Kind::panel:
      return where == NamedIn::controls ? std::vector<std::string>{"stage", "step"}
                                        : ids_of(panels_of_window());
    case Kind::part: return ids_of(parts_of_window());
    case Kind::figure: return figures_of(snapshot);
    case Kind::key: return keys_of(snapshot);
    case Kind::number: return numbers_of(snapshot);
    case Kind::element:
    case Kind::formula: break;
  }
  return {};
}

void require_element(const ElementId& element, const Snapshot& snapshot) {
  if (element.kind == ElementId::Kind::point && element.index < snapshot.data().size()) return;
  (void)place_on_stage(element, snapshot);
}

void require_symbol(const std::string& name, const std::string& tex, const Snapshot& snapshot) {
  const std::vector<SymbolWords> symbols = symbols_of(tex, lab_of(*snapshot.setup).id());
  const bool known =
      !symbols.empty() && std::ranges::none_of(symbols, [](const SymbolWords& s) { return s.name.empty(); });
  if (!known) throw InputError("\"" + printable(name) + "\": the glossary has no such symbol");
}

void collect_names(const Expression& e, std::vector<std::string>& names) {
  const auto& functions = expression_functions();
  const bool is_name = e.kind == Expression::Kind::name || e.kind == Expression::Kind::call;
  if (is_name && std::ranges::find(functions, e.name) == functions.end() &&
      std::ranges::find(names, e.name) == names.end())
    names.push_back(e.name);
  for (const Expression& part : e.parts) collect_names(part, names);
}

}  // namespace

bool has_element(const std::vector<WindowElement>& list, WindowElement::Kind kind, std::string_view name) {
  return std::ranges::any_of(
      list, [&](const WindowElement& each) { return each.kind == kind && each.name == name; });
}

WindowElement element_named(const std::string& name, NamedIn where, const Snapshot& snapshot) {
  const PlaceRule& rule = rule_of(where);
  std::vector<std::string> all;
  for (const Kind kind : rule.kinds) {
    if (kind == Kind::element) {
      const ElementId element = element_of_name(name);
      if (element.kind == ElementId::Kind::none) continue;
      require_element(element, snapshot);
      return {kind, name, element};
    }
    if (kind == Kind::formula) {
      if (!name.starts_with(kFormulaWord)) continue;
      const std::string tex = name.substr(kFormulaWord.size());
      require_symbol(name, tex, snapshot);
      return {kind, tex, {}};
    }
    const std::vector<std::string> words = words_of(kind, where, snapshot);
    if (std::ranges::find(words, name) != words.end()) return {kind, name, {}};
    all.insert(all.end(), words.begin(), words.end());
  }
  const std::string near = nearest_word(name, all);
  throw InputError("\"" + printable(name) + "\" is not " + rule.words + " of the " +
                   lab_of(*snapshot.setup).id() + " lab" +
                   (near.empty() ? "" : "; did you mean " + near + "?"));
}

std::vector<WindowElement> default_cover(const Question& question, const Snapshot& snapshot) {
  std::vector<WindowElement> out;
  switch (question.kind) {
    case Question::Kind::choice:  // steps that are played after the guess would answer it
      if (question.then > 0) out.push_back({Kind::part, "future", {}});
      break;
    case Question::Kind::where:
      for (const WindowPart& part : parts_of_window())
        if (part.tells_step) out.push_back({Kind::part, std::string(part.id), {}});
      for (const FigureType& type : lab_of(*snapshot.setup).figures())
        if (type.tells_step && is_offered(type, snapshot.config()))
          out.push_back({Kind::figure, type.id, {}});
      break;
    case Question::Kind::sketch: out.push_back({Kind::figure, question.subject.name, {}}); break;
    case Question::Kind::number: {
      std::vector<std::string> names;
      collect_names(question.number, names);
      for (const std::string& name : names) out.push_back({Kind::number, name, {}});
      break;
    }
  }
  return out;
}

std::vector<WindowElement> places_of_number(const std::string& name, const Snapshot& snapshot) {
  static const std::set<std::string> kOfShares = {"responsibilities", "confidence", "entropies"};
  const Lab& lab = lab_of(*snapshot.setup);
  std::vector<WindowElement> out;
  for (const FigureType& type : lab.figures()) {
    const bool shows = type.id == name || (name == "loss" && type.use == FigureUse::loss) ||
                       (name == "identity_error" && type.use == FigureUse::identity);
    if (shows && is_offered(type, snapshot.config())) out.push_back({Kind::figure, type.id, {}});
  }
  if (name == "loss") out.push_back({Kind::part, "loss_value", {}});
  if (name == "identity_error") out.push_back({Kind::panel, "meter", {}});
  if (kOfShares.contains(name)) out.push_back({Kind::part, "shares", {}});
  if (name == "temperature") out.push_back({Kind::key, "model.temperature", {}});
  if (snapshot.config().table().find(name) != nullptr) out.push_back({Kind::key, name, {}});
  return out;
}

std::pair<double, double> place_on_stage(const ElementId& element, const Snapshot& snapshot) {
  const Figure stage = stage_of(snapshot);
  for (const Panel& panel : stage.panels)
    if (const auto place = place_of(panel, element)) return *place;
  throw InputError("there is no " + name_of_element(element) + " on the stage");
}

}  // namespace iem
