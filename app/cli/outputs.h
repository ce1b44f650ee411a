// The outputs of `iemlab run`: trace, state, dumps, figures, session, and the final summary.
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "app/cli/output.h"
#include "app/cli/stepping.h"
#include "app/cli/trace_file.h"
#include "app/export/export.h"
#include "app/export/furnish/figure_on_paper.h"
#include "core/config/config.h"
#include "core/figure/figure.h"

namespace iem::cli {

struct Report {
  std::int64_t first_step = 0;
  std::string exit;  // steps | grad_norm | loss_change | non_finite | interrupted
  double wall_seconds = 0;
  Durations step_seconds;
  std::unique_ptr<TraceFile> trace;  // with every step up to the last; null: none is wanted
};

// Throws InputError when a path cannot be animated so.
void check_films(const std::vector<Output>& outputs, const RunOptions& options);
// Throw InputError when an option cannot be fulfilled: the first before anything is opened, the second once
// the lab is known.
void check_outputs(const std::vector<Output>& outputs, const RunOptions& options);
void check_outputs(const std::vector<Output>& outputs, const RunOptions& options, const Run& run);

// Writes every file that can be written, with a line on standard error for each that cannot. Returns the exit
// code of the first failure, else 0; `written` receives the names of the others. The session is written
// first, since everything else can be made from it again. `about` becomes what is said of the run beside its
// numbers (core/session/run_record.h), with the furniture of its figures; null where nothing asks for it.
int write_outputs(const std::vector<Output>& outputs, const RunOptions& options, const Run& run,
                  const Report& report, nlohmann::ordered_json& about, std::vector<std::string>& written);

// Writes one file after the other; failures are reported and do not keep the others from being written.
class Writer {
 public:
  explicit Writer(std::vector<std::string>& written) : written_(written) {}
  // `write` makes the file; an error that names none gets its name.
  void write(const std::string& file, const std::function<void()>& write);
  int code() const { return code_; }  // of the first that failed; 0: none did

 private:
  std::vector<std::string>& written_;
  int code_ = 0;
};

// Writes each of `figures`, made by `make` from its id and given `furniture`. `about` stands beside tables;
// its state string reopens the run from every other figure.
void write_figures(const std::vector<Output>& figures, const RunOptions& options,
                   const nlohmann::ordered_json& about, const Config& furniture,
                   const std::function<Figure(const std::string& id)>& make, Writer& writer);

// Notes on standard error what of the furniture was given in vain (given_in_vain).
void note_idle(const Figure& plain, const Config& furniture);
// The same of the last figure of an animation, which is made only where anything was given.
void note_idle_in_film(const Output& film, const Run& run, const Config& furniture,
                       const GivenFurniture& given);

// How figures are to look by the options; `animated`: at the resolution of animations.
ExportOptions export_options(const RunOptions& options, bool animated = false);

void print_json(const Run& run, const Report& report, const nlohmann::ordered_json& about);
void print_summary(const std::vector<std::string>& written, const Run& run, const Report& report);

}  // namespace iem::cli
