// Running the real program as a user's shell does, and folders that disappear after a test.
#pragma once

#include <sys/types.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace iem::test {

// An empty folder of this test's own, removed with everything in it.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::string& path() const { return path_; }
  std::string at(const std::string& name) const { return path_ + "/" + name; }
  std::string write(const std::string& name, const std::string& text) const;  // its path
  std::string read(const std::string& name) const;
  bool has(const std::string& name) const;
  std::vector<std::string> files() const;  // names, sorted

 private:
  std::string path_;
};

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
// A line of shell in the folder, with iemlab on the PATH.
Outcome shell(const Folder& folder, const std::string& line);

std::vector<std::string> lines_of(const std::string& text);
std::vector<std::string> split(const std::string& text, char separator);
// A csv of numbers: header, then rows.
struct Table {
  std::vector<std::string> header;
  std::vector<std::vector<double>> rows;
  std::vector<double> column(const std::string& name) const;
};
Table table_of(const std::string& csv);

std::string file_text(const std::string& path);

// A mixture of a few points that every test may extend.
std::string small_scene(const std::string& more = "");

}  // namespace iem::test
