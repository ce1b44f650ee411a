// iemlab compare: several runs of a scene, each perhaps drawn with many seeds, in figures, tables and traces.
// All of them are the same whatever the number of threads, but for the seconds a step.
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/compare/compare_film.h"
#include "app/cli/compare/pictures.h"
#include "app/cli/compare/plan.h"
#include "app/cli/compare/results.h"
#include "app/cli/input_files.h"
#include "app/cli/interrupt.h"
#include "app/cli/outputs.h"
#include "app/cli/stepping.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/export/table_file.h"
#include "core/base/atomic_file.h"
#include "core/base/words.h"
#include "core/config/common_parameters.h"
#include "core/run/divergence.h"
#include "core/run/metric.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"

namespace iem::cli {
namespace {

// The rows of a trace by run, draw and step, kept until all runs are there.
class LongTrace {
 public:
  LongTrace(const Comparison& runs, const std::vector<Draw>& draws)
      : setup_(runs.first().setup()),
        draws_(draws),
        rows_(runs.size(), std::vector<std::vector<double>>(std::max<std::size_t>(1, draws.size()))) {
    for (std::size_t i = 0; i < runs.size(); ++i) {
      names_.push_back(runs.entry(i).spec.name);
      add_missing_ids(runs.run(i).setup().model->metric_ids(), ids_);
    }
  }

  // Of different runs at the same time.
  void add(std::size_t run, std::size_t draw, const Run& now) {
    std::vector<double>& rows = rows_[run][draw];
    rows.push_back(static_cast<double>(now.state().step));
    rows.push_back(now.evaluation().loss);
    rows.push_back(now.evaluation().gradient_norm());
    const std::vector<double> numbers = model_numbers(now, ids_);
    rows.insert(rows.end(), numbers.begin(), numbers.end());
  }

  void write(const std::string& path, nlohmann::ordered_json about) const {
    std::vector<TableColumn> columns = head_columns(draws_);
    for (const auto& more : {loss_columns(setup_), metric_columns(setup_, ids_)})
      columns.insert(columns.end(), more.begin(), more.end());
    TableFile file(path, std::move(columns));
    const std::size_t width = 3 + ids_.size();
    for (std::size_t i = 0; i < rows_.size(); ++i)
      for (std::size_t k = 0; k < rows_[i].size(); ++k) {
        const std::string head = row_begin(names_[i], draws_, k);
        const std::vector<double>& rows = rows_[i][k];
        for (std::size_t at = 0; at < rows.size(); at += width) {
          std::string line = head + "," + std::to_string(static_cast<std::int64_t>(rows[at]));
          for (std::size_t c = 1; c < width; ++c) line += "," + exact(rows[at + c]);
          file.write(line + "\n");
        }
      }
    about["table"] = "trace";
    file.commit(std::move(about));
  }

 private:
  const Setup& setup_;
  const std::vector<Draw>& draws_;
  std::vector<std::string> names_, ids_;
  std::vector<std::vector<std::vector<double>>> rows_;
};

std::vector<NamedFile> compare_files(const std::vector<Output>& outputs, const CompareOptions& options) {
  std::vector<NamedFile> files = files_of(outputs);
  if (options.table.empty()) return files;
  files.push_back({"--table", options.table});
  add_description("--table", options.table, files);
  return files;
}

void check_compare(const std::vector<Output>& outputs, const CompareOptions& options) {
  require_table_name(options.table);
  const std::vector<NamedFile> files = compare_files(outputs, options);
  check_films(outputs, options);
  for (const NamedFile& file : files)
    if (!file.is_folder) require_writable(file.file);
  check_outputs_differ(files);
  check_furniture(options.furniture);
}

void write_table(const Results& results, const CompareOptions& options, const nlohmann::ordered_json& about,
                 Writer& writer) {
  if (options.table.empty()) return;
  const bool is_tex = lower_case(options.table).ends_with(".tex");
  writer.write(options.table, [&] {
    is_tex ? write_file_atomically(options.table, results_tex(results))
           : write_results(results, options.table, about);
  });
}

void write_figures_of_runs(const std::vector<Output>& figures, const Results& results,
                           const CompareOptions& options, const Config& paper,
                           const nlohmann::ordered_json& about, Writer& writer) {
  if (figures.empty()) return;
  try {
    const RunPictures pictures(results, options, paper);
    write_figures(
        figures, options, about, paper, [&](const std::string& id) { return pictures.figure(id); }, writer);
  } catch (...) {
    const std::exception_ptr error = std::current_exception();
    for (const Output& output : figures) writer.write(output.path, [&] { std::rethrow_exception(error); });
  }
}

int write_all(const std::vector<Output>& outputs, const Results& results, const LongTrace* trace,
              const CompareOptions& options, const Config& paper, const nlohmann::ordered_json& about,
              std::vector<std::string>& written) {
  Writer writer(written);
  write_table(results, options, about, writer);
  if (trace) writer.write(options.trace, [&] { trace->write(options.trace, about); });
  write_figures_of_runs(of_kind(outputs, OutputKind::figure), results, options, paper, about, writer);
  for (const Output& film : of_kind(outputs, OutputKind::animation))
    writer.write(film.path,
                 [&] { animate_runs(film, options, results, runs_in_words(results, options, nullptr)); });
  return writer.code();
}

// A note on runs that became non-finite; empty where there are none.
std::string losses_in_words(const Results& results) {
  std::string out;
  for (std::size_t i = 0; i < results.drawn.size(); ++i)
    for (const DrawnRun& one : results.drawn[i])
      if (out.empty() && one.exit == "non_finite")
        out = results.runs.entry(i).spec.name + ": " + divergence_line(*one.run);
  return out;
}

bool all_are_lost(const Results& results) {
  return std::ranges::all_of(results.drawn, [](const std::vector<DrawnRun>& line) {
    return std::ranges::all_of(line, [](const DrawnRun& one) { return one.exit == "non_finite"; });
  });
}

// Whether every draw of the first run ended in the same state.
bool draws_change_nothing(const Results& results) {
  if (results.draws.size() < 2) return false;
  return std::ranges::all_of(results.drawn, [](const std::vector<DrawnRun>& line) {
    return std::ranges::all_of(line, [&](const DrawnRun& one) {
      return one.run && line.front().run && one.run->state().theta == line.front().run->state().theta;
    });
  });
}

}  // namespace

int compare_command(const CompareOptions& options) {
  end_on_interrupt();
  const std::vector<Output> outputs = parse_outputs(options);
  check_compare(outputs, options);
  const bool saved = is_replay(options.scene);
  if (saved && !(options.seeds.empty() && options.start_seeds.empty()))
    throw InputError("compare: a saved run has its seeds; give its scene instead");
  std::vector<Draw> draws;
  if (!saved) draws = draws_of(options, load_scene(options.scene));
  const Comparison runs = open_comparison(options, draws, [&](const Run& first) {
    check_outputs(outputs, options, first);
    check_inputs_are_kept(compare_files(outputs, options), input_files(options.scene, first));
    say_notes(first);
  });
  note_interrupts();

  Results results{runs,
                  draws,
                  {},
                  given_best(runs.first().setup().config()),
                  settled_tolerance(runs.first().setup().config())};
  std::unique_ptr<LongTrace> trace;
  if (!options.trace.empty()) trace = std::make_unique<LongTrace>(runs, draws);
  StateWatch on_state;
  if (trace)
    on_state = [&](std::size_t run, std::size_t draw, const Run& now) { trace->add(run, draw, now); };
  {
    Progress progress(!options.quiet && !options.json);
    const auto watch = [&](std::size_t done, std::size_t all) {
      progress.say(std::to_string(done) + " of " + std::to_string(all) + " runs done");
      return !interrupted();
    };
    results.drawn = make_draws(runs, draws, target_step(options.steps, runs.first()), runs.first().pool(),
                               watch, on_state, [] { return !interrupted(); });
  }
  std::vector<std::string> written;
  const Config paper = with_furniture(runs.first().setup().config(), options.furniture);
  const nlohmann::ordered_json about = results_record(results, paper);
  const int failed = write_all(outputs, results, trace.get(), options, paper, about, written);
  if (options.json) {
    print_json_text(results_object(results, about), false);
  } else if (!options.quiet) {
    print_lines(results_summary(results));
    for (const std::string& file : written) print_line("wrote " + file);
  }
  if (draws_change_nothing(results)) say_note("the seeds change nothing: every draw comes to the same");
  if (const std::string lost = losses_in_words(results); !lost.empty()) {
    say_error(lost);
    if (failed == 0 && all_are_lost(results)) return static_cast<int>(ErrorKind::non_finite);
  }
  if (failed != 0) return failed;
  return interrupted() ? kInterrupted : 0;
}

}  // namespace iem::cli
