#include "app/cli/compare/results.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <span>

#include "app/cli/tables.h"
#include "app/export/escape.h"
#include "app/export/table_file.h"
#include "core/base/hash.h"
#include "core/base/number.h"
#include "core/labs/kit/lab.h"
#include "core/math/deviation.h"
#include "core/run/metric.h"
#include "core/run/settled.h"
#include "core/session/run_record.h"

namespace iem::cli {
namespace {

using ResultsJson = nlohmann::ordered_json;

constexpr int kLossDigits = 8;  // what settles differs in the last of them
const double kNothing = std::numeric_limits<double>::quiet_NaN();

// A number that a run has come to.
struct ResultColumn {
  std::string id, label, unit, tex;
  int better = 0;  // -1: less is, 1: more is, 0: neither
  std::function<double(const Results&, const DrawnRun&)> value;
  int digits = kShownDigits;
  std::string help = {};  // one sentence; empty: the label says it
};

// The first step from which the run is as near to J* as a settled one: that of the run, also of a saved one,
// as in all tables.
double steps_to_settle(const Results& results, const DrawnRun& one) {
  const std::optional<double> best = results.best(one);
  if (!best || !one.run->evaluation().has_loss) return kNothing;
  const auto at = settled_at(one.run->history(), *best, results.settled);
  return at ? static_cast<double>(*at) : kNothing;
}

std::vector<ResultColumn> columns_of(const Results& results) {
  const Lab& lab = lab_of(results.runs.first().setup());
  const std::string unit = lab.loss_unit(results.runs.first().setup().config());
  std::vector<ResultColumn> out = {
      {"loss", "J", unit, "$J$", -1,
       [](const Results&, const DrawnRun& one) { return one.run->evaluation().loss; }, kLossDigits},
      {"excess", "J - J*", unit, "$J-J^{*}$", 0,
       [](const Results& r, const DrawnRun& one) {
         return one.run->evaluation().loss - r.best(one).value_or(kNothing);
       }},
      {"steps_to_tolerance", "steps until settled", "steps", "steps", -1, steps_to_settle},
      {"grad_norm", "|dJ/dtheta|", "", "$\\|\\partial J\\|$", -1,
       [](const Results&, const DrawnRun& one) { return one.run->evaluation().gradient_norm(); }},
      {"seconds_per_step", "seconds a step", "s", "s a step", -1,
       [](const Results&, const DrawnRun& one) { return one.seconds; }},
  };
  std::vector<std::string> own, measured;
  for (const auto& line : results.drawn)
    for (const DrawnRun& one : line) {
      if (!one.run) continue;
      add_missing_ids(one.run->setup().model->metric_ids(), own);
      add_missing_ids(table_metric_ids(*one.run), measured);
    }
  const Setup& setup = results.runs.first().setup();
  const auto add = [&](const TableColumn& c, std::function<double(const Results&, const DrawnRun&)> value) {
    out.push_back({c.id, c.id, c.unit, "", 0, std::move(value), kShownDigits, c.help});
  };
  for (const TableColumn& column : metric_columns(setup, own))
    add(column, [id = column.id](const Results&, const DrawnRun& one) {
      return model_numbers(*one.run, {&id, 1})[0];
    });
  for (const TableColumn& column : metric_columns(setup, measured))
    add(column,
        [id = column.id](const Results&, const DrawnRun& one) { return metric_number(id, *one.run); });
  for (ResultColumn& column : out)
    if (column.tex.empty()) column.tex = tex_escaped(column.label);
  return out;
}

const std::string& name_of(const Results& results, std::size_t run) {
  return results.runs.entry(run).spec.name;
}

std::vector<double> numbers_of(const Results& results, std::size_t run, const ResultColumn& column) {
  std::vector<double> out;
  for (const DrawnRun& one : results.drawn[run])
    if (one.run) out.push_back(column.value(results, one));
  return out;
}

std::vector<double> finite_ones(std::vector<double> values) {
  std::erase_if(values, [](double v) { return !std::isfinite(v); });
  return values;
}

// What a run differs in, by key.
ResultsJson differences_json(const std::vector<Edit>& settings) {
  ResultsJson out = ResultsJson::object();
  for (const Edit& setting : settings) out[setting.key] = value_json(setting.value);
  return out;
}

ResultsJson runs_json(const Results& results) {
  ResultsJson out = ResultsJson::array();
  for (std::size_t i = 0; i < results.drawn.size(); ++i) {
    const RunSpec& spec = results.runs.entry(i).spec;
    out.push_back({{"name", spec.name}, {"settings", differences_json(spec.settings)}});
    if (spec.best_rate) out.back()["best_rate"] = true;
  }
  return out;
}

ResultsJson draws_json(const std::vector<Draw>& draws) {
  ResultsJson out = ResultsJson::array();
  for (const Draw& draw : draws) {
    ResultsJson one = ResultsJson::object();
    if (draw.seed) one["seed"] = *draw.seed;
    if (draw.seed_init) one["seed_init"] = *draw.seed_init;
    out.push_back(one);
  }
  return out;
}

// Mean and deviation as a cell of a table; steps as they are counted.
std::string tex_cell(const std::vector<double>& values, std::size_t all, int digits) {
  const std::vector<double> finite = finite_ones(values);
  if (finite.empty()) return "--";
  const Deviation d = deviation_of(finite);
  std::string out = "$" + number_tex(d.mean, digits);
  if (d.deviation) out += "\\pm" + number_tex(*d.deviation, 2);
  out += "$";
  if (finite.size() < all) out += " (" + std::to_string(finite.size()) + "/" + std::to_string(all) + ")";
  return out;
}

// The runs with the best mean of a column; a run whose draws all have the number ranks before one with
// missing numbers.
std::vector<bool> best_of(const Results& results, const ResultColumn& column) {
  std::vector<bool> out(results.drawn.size());
  if (column.better == 0) return out;
  std::vector<std::pair<double, double>> ranks;  // less is better
  for (std::size_t i = 0; i < results.drawn.size(); ++i) {
    const std::vector<double> all = numbers_of(results, i, column), finite = finite_ones(all);
    const double infinite = std::numeric_limits<double>::infinity();
    const double mean = finite.empty() ? infinite : -column.better * deviation_of(finite).mean;
    ranks.emplace_back(static_cast<double>(all.size() - finite.size()), mean);
  }
  const auto best = *std::ranges::min_element(ranks);
  if (!std::isfinite(best.second)) return out;
  for (std::size_t i = 0; i < ranks.size(); ++i) out[i] = ranks[i] == best;
  return out;
}

std::string bold(const std::string& cell) {
  const bool formula = cell.starts_with("$");
  if (!formula) return "\\textbf{" + cell + "}";
  const std::size_t end = cell.find('$', 1);
  return "$\\mathbf{" + cell.substr(1, end - 1) + "}$" + cell.substr(end + 1);
}

}  // namespace

std::vector<TableColumn> head_columns(const std::vector<Draw>& draws) {
  std::vector<TableColumn> out = {{.id = "run", .label = "run"}};
  if (!draws.empty() && draws.front().seed) out.push_back({.id = "seed", .label = "seed"});
  if (!draws.empty() && draws.front().seed_init)
    out.push_back({.id = "seed_init", .label = "seed of the start"});
  return out;
}

std::string row_begin(const std::string& run, const std::vector<Draw>& draws, std::size_t draw) {
  std::string out = csv_field(run);
  if (draws.empty()) return out;
  if (draws[draw].seed) out += "," + std::to_string(*draws[draw].seed);
  if (draws[draw].seed_init) out += "," + std::to_string(*draws[draw].seed_init);
  return out;
}

void write_results(const Results& results, const std::string& path, const ResultsJson& about) {
  const std::vector<ResultColumn> columns = columns_of(results);
  std::vector<TableColumn> described = head_columns(results.draws);
  described.push_back({.id = "steps", .label = "steps taken", .unit = "steps"});
  for (const ResultColumn& column : columns)
    described.push_back({.id = column.id, .label = column.label, .unit = column.unit, .help = column.help});
  described.push_back({.id = "exit", .label = "why it ended"});
  described.push_back({.id = "hash", .label = "hash of the last state"});
  TableFile file(path, std::move(described));
  for (std::size_t i = 0; i < results.drawn.size(); ++i)
    for (std::size_t k = 0; k < results.drawn[i].size(); ++k) {
      const DrawnRun& one = results.drawn[i][k];
      if (!one.run || one.exit.empty()) continue;
      std::string row = row_begin(name_of(results, i), results.draws, k) + "," + std::to_string(one.steps());
      for (const ResultColumn& column : columns) row += "," + exact(column.value(results, one));
      file.write(row + "," + one.exit + "," + hex(one.run->state().hash()) + "\n");
    }
  ResultsJson of_table = about;
  of_table["table"] = "compare";
  file.commit(std::move(of_table));
}

ResultsJson results_record(const Results& results, const Config& view) {
  ResultsJson out = record_of_start(results.runs.first(), view);
  out["runs"] = runs_json(results);
  out["draws"] = draws_json(results.draws);
  out["settled"] = results.settled;
  if (results.given_best) out["best"] = *results.given_best;
  return out;
}

std::string results_tex(const Results& results) {
  std::vector<ResultColumn> columns = columns_of(results);
  std::erase_if(columns, [](const ResultColumn& c) { return c.better == 0 && c.id != "usage_min"; });
  std::vector<std::vector<bool>> best;
  for (const ResultColumn& column : columns) best.push_back(best_of(results, column));
  std::string out = "% In the preamble: \\usepackage{booktabs}\n\\begin{tabular}{l" +
                    std::string(columns.size(), 'r') + "}\n\\toprule\nrun";
  for (const ResultColumn& column : columns) out += " & " + column.tex;
  out += " \\\\\n\\midrule\n";
  for (std::size_t i = 0; i < results.drawn.size(); ++i) {
    out += tex_escaped(name_of(results, i));
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const std::string cell =
          tex_cell(numbers_of(results, i, columns[c]), results.drawn[i].size(), columns[c].digits);
      out += " & " + (best[c][i] ? bold(cell) : cell);
    }
    out += " \\\\\n";
  }
  return out + "\\bottomrule\n\\end{tabular}\n";
}

std::string results_summary(const Results& results) {
  const std::vector<ResultColumn> columns = columns_of(results);
  std::size_t widest = 3;
  for (std::size_t i = 0; i < results.drawn.size(); ++i)
    widest = std::max(widest, width_of(name_of(results, i)));
  char line[200];
  std::snprintf(line, sizeof line, "  %14s %16s %12s %12s\n", "J", "steps to settle", "|dJ|", "s a step");
  std::string out = padded("run", widest) + line;
  for (std::size_t i = 0; i < results.drawn.size(); ++i) {
    const std::size_t all = results.drawn[i].size();
    std::vector<double> means;
    for (std::size_t c : {0, 2, 3, 4}) {
      const std::vector<double> finite = finite_ones(numbers_of(results, i, columns[c]));
      means.push_back(finite.empty() ? kNothing : deviation_of(finite).mean);
    }
    const auto settled = finite_ones(numbers_of(results, i, columns[2])).size();
    std::snprintf(line, sizeof line, "  %14.8g %16.6g %12.4g %12.3g", means[0], means[1], means[2], means[3]);
    out += padded(name_of(results, i), widest) + line;
    if (all > 1) out += "  settled " + std::to_string(settled) + "/" + std::to_string(all);
    const auto lost = std::ranges::count(results.drawn[i], "non_finite", &DrawnRun::exit);
    if (lost > 0) out += "  non-finite " + std::to_string(lost) + "/" + std::to_string(all);
    out += "\n";
  }
  return out;
}

ResultsJson results_object(const Results& results, const ResultsJson& record) {
  const std::vector<ResultColumn> columns = columns_of(results);
  ResultsJson runs = runs_json(results);
  for (std::size_t i = 0; i < results.drawn.size(); ++i) {
    ResultsJson drawn = ResultsJson::array();
    for (std::size_t k = 0; k < results.drawn[i].size(); ++k) {
      const DrawnRun& one = results.drawn[i][k];
      if (!one.run || one.exit.empty()) continue;
      ResultsJson json = results.draws.empty() ? ResultsJson::object() : draws_json({results.draws[k]})[0];
      json["steps"] = one.steps();
      for (const ResultColumn& column : columns) json[column.id] = number_json(column.value(results, one));
      json["exit"] = one.exit;
      json["hash"] = hex(one.run->state().hash());
      drawn.push_back(json);
    }
    runs[i]["drawn"] = drawn;
  }
  ResultsJson out = {
      {"lab", results.runs.first().setup().problem().id()}, {"settled", results.settled}, {"runs", runs}};
  for (const auto& [key, value] : record.items())
    if (!out.contains(key)) out[key] = value;
  return out;
}

}  // namespace iem::cli
