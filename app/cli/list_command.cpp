// iemlab list: the contents of the registries.
#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/lab_offers.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "core/base/utf8.h"
#include "core/base/words.h"
#include "core/energy/energy.h"
#include "core/energy/line_kernel.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/lesson/lessons.h"
#include "core/optimize/optimizer.h"
#include "core/session/run_record.h"
#include "core/session/scene_file.h"
#include "core/session/scene_groups.h"
#include "core/session/session.h"

namespace iem::cli {
namespace {

using Json = nlohmann::ordered_json;

Json entry(const std::string& id, const std::string& label, const std::string& help) {
  return {{"id", id}, {"label", label}, {"help", help}};
}

Json list_labs(const std::vector<const Lab*>& chosen) {
  Json out = Json::array();
  for (const Lab* lab : chosen) out.push_back(entry(lab->id(), lab->label(), ""));
  return out;
}

// Entries that labs share, with the labs that offer each; one that none of these offers is left out.
class SharedList {
 public:
  void offer(Json item, const Lab& lab) {
    const auto known = std::ranges::find_if(items_, [&](const Json& i) { return i["id"] == item["id"]; });
    if (known == items_.end()) {
      item["labs"] = Json::array({lab.id()});
      items_.push_back(std::move(item));
    } else {
      (*known)["labs"].push_back(lab.id());
    }
  }
  Json list() const { return items_; }

 private:
  std::vector<Json> items_;
};

Json with_formula(const std::string& id, const std::string& label, const std::string& help,
                  const std::string& formula) {
  Json item = entry(id, label, help);
  item["formula"] = formula;
  return item;
}

Json energy_entry(const std::string& id) {
  if (const EnergyType* energy = find_energy(id))
    return with_formula(id, energy->label, energy->help, energy->formula);
  if (const LineKernel* kernel = find_line_kernel(id))
    return with_formula(id, kernel->label, kernel->help, kernel->formula);
  return with_formula(id, id, "", "");  // a lab's own
}

Json list_energies(const std::vector<const Lab*>& chosen) {
  SharedList out;
  for (const Lab* lab : chosen)
    for (const std::string& id : energies_of(*lab)) out.offer(energy_entry(id), *lab);
  return out.list();
}

Json list_optimizers(const std::vector<const Lab*>& chosen) {
  SharedList out;
  for (const Lab* lab : chosen)
    for (const std::string& id : rules_of(*lab)) {
      const OptimizerType& type = *find_optimizer(id);
      out.offer(with_formula(id, type.label, type.help, type.formula), *lab);
    }
  return out.list();
}

Json list_figures(const std::vector<const Lab*>& chosen) {
  Json out = Json::array();
  for (const Lab* lab : chosen) {
    for (const FigureType& figure : lab->figures()) {
      Json item = entry(figure.id, figure.title, figure.help);
      item["lab"] = lab->id();
      out.push_back(std::move(item));
    }
  }
  return out;
}

const char* kind_name(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::boolean: return "boolean";
    case ParameterKind::integer: return "integer";
    case ParameterKind::real: return "real";
    case ParameterKind::choice: return "choice";
    case ParameterKind::choices: return "choices";
    case ParameterKind::text: return "text";
    case ParameterKind::tensor: return "tensor";
    case ParameterKind::column: return "column";
    case ParameterKind::columns: return "columns";
  }
  return "";
}

Json list_parameters(const std::vector<const Lab*>& chosen) {
  Json out = Json::array();
  for (const Lab* lab : chosen) {
    for (const Parameter& p : lab->parameters()->all()) {
      Json item = entry(p.key, p.label, p.help);
      item["lab"] = lab->id();
      item["kind"] = kind_name(p.kind);
      item["default"] = value_json(p.default_value);
      if (p.follows) item["follows"] = true;
      if (!p.choices.empty()) item["choices"] = p.advised_choices();
      if (std::isfinite(p.min)) item["min"] = p.min;
      if (std::isfinite(p.max)) item["max"] = p.max;
      if (!p.shape.empty()) item["shape"] = p.shape;
      if (!p.unit.empty()) item["unit"] = p.unit;
      if (!p.symbol.empty()) item["symbol"] = p.symbol;
      out.push_back(std::move(item));
    }
  }
  return out;
}

// The metrics that expressions, traces and states can name.
Json list_metrics(const std::vector<const Lab*>& chosen) {
  Json out = Json::array();
  for (const Lab* lab : chosen) {
    for (const Metric& metric : lab->metrics()) {
      const std::string arguments = joined(metric.arguments);
      Json item = entry(metric.id, metric.id + (arguments.empty() ? "" : "(" + arguments + ")"), metric.help);
      item["lab"] = lab->id();
      item["unit"] = metric.unit;
      item["in_tables"] = metric.in_tables;
      item["at_end"] = metric.at_end;
      out.push_back(std::move(item));
    }
  }
  return out;
}

Json list_scenes(const std::vector<const Lab*>& chosen) {
  Json out = Json::array();
  for (const std::string& name : builtin_scenes()) {
    const Scene scene = load_scene(name);
    if (std::ranges::find(chosen, find_lab(scene.config.lab())) == chosen.end()) continue;
    Json item = entry(name, scene.title, scene.description);
    item["look_for"] = scene.look_for;
    item["conditions"] = scene.conditions;
    item["lab"] = scene.config.lab();
    item["group"] = group_of(scene).id;
    item["level"] = scene.about.level;
    item["minutes"] = scene.about.minutes;
    out.push_back(std::move(item));
  }
  return out;
}

// A page may begin with a scene or with a state string.
std::string lab_of_start(const std::string& name) {
  if (!is_replay(name)) return load_scene(name).config.lab();
  return load_replay(name, std::make_shared<ThreadPool>(1)).run.setup().config().lab();
}

Json list_lessons(const std::vector<const Lab*>& chosen) {
  Json out = Json::array();
  for (const Lesson& lesson : lessons()) {
    std::vector<std::string> labs;
    for (const LessonPage& page : lesson.pages) {
      if (!page.moment.scene) continue;
      const std::string lab = lab_of_start(page.moment.scene->name);
      if (std::ranges::find(labs, lab) == labs.end()) labs.push_back(lab);
    }
    const auto has = [&](const Lab* lab) { return std::ranges::find(labs, lab->id()) != labs.end(); };
    if (std::ranges::none_of(chosen, has)) continue;
    Json item = entry(lesson.id, lesson.title, lesson.about);
    item["for"] = lesson.audience;
    item["minutes"] = lesson.minutes;
    item["pages"] = lesson.pages.size();
    item["labs"] = labs;
    out.push_back(std::move(item));
  }
  return out;
}

Json list_toys(const std::vector<const Lab*>& chosen) {
  Json out = Json::array();
  for (const Lab* lab : chosen)
    for (const ToyEntry& toy : lab->toys()) {
      Json item = entry(toy.id, toy.label, toy.help);
      item["lab"] = lab->id();
      out.push_back(std::move(item));
    }
  return out;
}

struct ListType {
  const char* word;
  Json (*make)(const std::vector<const Lab*>& chosen);
};

constexpr std::array<ListType, 9> kLists = {{{"labs", list_labs},
                                             {"energies", list_energies},
                                             {"optimizers", list_optimizers},
                                             {"figures", list_figures},
                                             {"parameters", list_parameters},
                                             {"metrics", list_metrics},
                                             {"scenes", list_scenes},
                                             {"lessons", list_lessons},
                                             {"toys", list_toys}}};

Json list(const ListOptions& options) {
  const std::vector<const Lab*> chosen = chosen_labs(options.lab);
  for (const ListType& type : kLists)
    if (options.what == type.word) return type.make(chosen);
  const std::string near = nearest_word(options.what, list_words());
  throw InputError("list " + printable(options.what) + ": must be " + listed_words(list_words(), "or") +
                   (near.empty() ? "" : " (did you mean " + near + "?)"));
}

// A column is as wide as its longest word.
std::size_t column_width(const Json& items, const char* key) {
  std::size_t width = 0;
  for (const Json& item : items) width = std::max(width, width_of(item[key].get<std::string>()));
  return width;
}

// The sentence, and the default where there is one that says something. What follows from other keys has none
// that holds everywhere; its sentence says how.
std::string help_of(const Json& item) {
  const auto help = item["help"].get<std::string>();
  if (!item.contains("default") || item.contains("follows")) return help;
  const Json& default_value = item["default"];
  if (default_value.empty() || default_value == "") return help;
  return help + " [" + (default_value.is_string() ? default_value.get<std::string>() : default_value.dump()) +
         "]";
}

}  // namespace

std::vector<const Lab*> chosen_labs(const std::string& id) {
  if (id.empty()) return labs();
  if (const Lab* lab = find_lab(id)) return {lab};
  std::string known;
  for (const Lab* lab : labs()) known += (known.empty() ? "" : ", ") + lab->id();
  throw InputError("--lab " + printable(id) + ": must be one of " + known);
}

std::vector<std::string> list_words() {
  std::vector<std::string> out;
  for (const ListType& type : kLists) out.emplace_back(type.word);
  return out;
}

int list_command(const ListOptions& options) {
  const Json items = list(options);
  if (options.json) {
    print_json_text(items, true);
    return 0;
  }
  const std::size_t ids = column_width(items, "id"), labels = column_width(items, "label");
  for (const Json& item : items) {
    std::string line = padded(item["id"].get<std::string>(), ids) + "  " +
                       padded(item["label"].get<std::string>(), labels) + "  " + help_of(item);
    line.erase(line.find_last_not_of(' ') + 1);
    print_line(line);
  }
  return 0;
}

}  // namespace iem::cli
