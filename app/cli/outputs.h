// What `iemlab run` leaves behind: trace, state, dumps, figures, session, and its last words.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/output.h"
#include "app/cli/stepping.h"
#include "app/cli/trace_file.h"
#include "core/figure/figure.h"

namespace iem::cli {

struct Report {
  std::int64_t first_step = 0;
  std::string exit;  // steps | grad_norm | loss_change | non_finite | interrupted
  double wall_seconds = 0;
  Durations step_seconds;
  std::unique_ptr<TraceFile> trace;  // with every step up to the last; null: none is wanted
};

// Throws InputError when an option cannot be fulfilled: before anything is opened, and once the lab is known.
void check_outputs(const std::vector<Output>& outputs, const RunOptions& options);
void check_outputs(const std::vector<Output>& outputs, const RunOptions& options, const Run& run);

// Every file that can be written is: a line on standard error for each that cannot, and the exit code of the
// first of them, else 0. `written` names the others. The session comes first: it is what the rest can be made
// from again.
int write_outputs(const std::vector<Output>& outputs, const RunOptions& options, const Run& run,
                  const Report& report, std::vector<std::string>& written);

// Tries one file after the other: what cannot be written is said, and the others are made.
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

// Each of `figures` as `make` describes it by its id. `state` is what can reopen it.
void write_figures(const std::vector<Output>& figures, const RunOptions& options, const std::string& state,
                   const std::function<Figure(const std::string& id)>& make, Writer& writer);

void print_json(const Run& run, const Report& report);
void print_summary(const std::vector<std::string>& written, const Run& run, const Report& report);

}  // namespace iem::cli
