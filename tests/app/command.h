// Running the real program as a user's shell does.
#pragma once

#include <sys/types.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/folder.h"

namespace iem::test {

struct Outcome {
  int code = -1;  // exit code; 128 + n when signal n ended it, as a shell says
  std::string out, err;
  nlohmann::json json() const;  // of `out`
};

// The program under way: for signals.
class Started {
 public:
  Started(const std::vector<std::string>& command, const Folder& folder);
  void send(int signal) const;
  // Waits until it is at work: it hears Ctrl-C and has computed for a while.
  void wait_until_it_works() const;
  bool has_printed() const;        // something on standard output
  bool catches(int signal) const;  // a handler stands
  void interrupt() const;          // SIGINT
  Outcome wait();

 private:
  const Folder& folder_;
  std::string out_, err_;
  pid_t pid_;
};

// `iemlab ARGUMENTS...` in the folder.
Outcome iemlab(const Folder& folder, std::vector<std::string> arguments);
// The hash that `iemlab run ARGUMENTS...` ends on, which must not fail.
std::string hash_of(const Folder& folder, std::vector<std::string> arguments);
// A line of shell in the folder, with iemlab on the PATH.
Outcome shell(const Folder& folder, const std::string& line);
// Whether that Python has these modules, "torch numpy". It only looks where they are: PyTorch takes seconds
// to import.
bool has_modules(const std::string& python, const std::string& modules);

std::vector<std::string> lines_of(const std::string& text);
std::vector<std::string> split(const std::string& text, char separator);
// The cells of a line of csv, out of their quotes.
std::vector<std::string> csv_fields(const std::string& line);
// A csv of numbers: header, then rows.
struct Table {
  std::vector<std::string> header;
  std::vector<std::vector<double>> rows;
  std::vector<double> column(const std::string& name) const;
};
Table table_of(const std::string& csv);

// A mixture of a few points that every test may extend.
std::string small_scene(const std::string& more = "");

}  // namespace iem::test
