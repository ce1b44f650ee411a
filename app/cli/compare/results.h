// The results of compared runs as tables.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/compare/draws.h"
#include "core/data/table_column.h"

namespace iem::cli {

struct Results {
  const Comparison& runs;  // at their start, named; without futures
  const std::vector<Draw>& draws;
  std::vector<std::vector<DrawnRun>> drawn;  // by run, then by draw
  std::optional<double> given_best;          // J*, where the scene gives it
  double settled = 0;                        // on J - J*

  std::optional<double> best(const DrawnRun& of) const { return best_loss(drawn, of, given_best); }
};

// The first cells of a row for a run and draw in every table, and their head: the run's name, and the seeds
// that differ.
std::vector<TableColumn> head_columns(const std::vector<Draw>& draws);
std::string row_begin(const std::string& run, const std::vector<Draw>& draws, std::size_t draw);

// What stands beside every table: scene, settings and state string of the first run, as a run's record has
// them (core/session/run_record.h); then in what each run differs, and the draws.
nlohmann::ordered_json results_record(const Results& results, const Config& view);
// One row a run and draw, with that record.
void write_results(const Results& results, const std::string& path, const nlohmann::ordered_json& about);
// A tabular for a paper that loads booktabs: one row a run, mean and deviation of its draws, the best in
// bold.
std::string results_tex(const Results& results);
// For standard output: one line a run.
std::string results_summary(const Results& results);
// What --json prints: the results, and what else that record has.
nlohmann::ordered_json results_object(const Results& results, const nlohmann::ordered_json& record);

}  // namespace iem::cli
