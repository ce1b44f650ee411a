#include "tests/app/command.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

namespace iem::test {
namespace fs = std::filesystem;

nlohmann::json Outcome::json() const { return nlohmann::json::parse(out); }

Started::Started(const std::vector<std::string>& command, const Folder& folder) : folder_(folder) {
  static int serial = 0;
  // Beside the folder, so that tests see only what the program itself leaves there.
  const std::string stem = folder.path() + "." + std::to_string(serial++);
  out_ = stem + ".out";
  err_ = stem + ".err";
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  pid_ = fork();
  if (pid_ != 0) return;
  const int in = open("/dev/null", O_RDONLY);
  const int out = open(out_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int err = open(err_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (chdir(folder.path().c_str()) != 0 || in < 0 || out < 0 || err < 0) _exit(126);
  dup2(in, 0);
  dup2(out, 1);
  dup2(err, 2);
  execvp(argv[0], argv.data());
  _exit(127);
}

void Started::send(int signal) const { kill(pid_, signal); }

void Started::wait_until_it_works() const {
  const std::string proc = "/proc/" + std::to_string(pid_);
  const auto works = [&] {
    // utime is the 14th word; the second is the name in parentheses.
    const std::string stat = file_text(proc + "/stat");
    const std::vector<std::string> words =
        split(stat.substr(std::min(stat.size(), stat.rfind(')') + 2)), ' ');
    return catches(SIGINT) && words.size() > 11 && std::stol(words[11]) >= sysconf(_SC_CLK_TCK) / 4;
  };
  const auto hangs = std::chrono::steady_clock::now() + std::chrono::minutes(2);
  while (!works()) {
    if (std::chrono::steady_clock::now() > hangs) {
      ADD_FAILURE() << "the program does not get to work";
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

bool Started::has_printed() const {
  std::error_code none;
  const auto size = fs::file_size(out_, none);
  return !none && size > 0;
}

bool Started::catches(int signal) const {
  const std::string status = file_text("/proc/" + std::to_string(pid_) + "/status");
  const std::size_t at = status.find("SigCgt:");
  if (at == std::string::npos) return false;
  return (std::strtoull(status.c_str() + at + 7, nullptr, 16) >> (signal - 1) & 1) != 0;
}

void Started::interrupt() const { send(SIGINT); }

Outcome Started::wait() {
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {}
  Outcome outcome;
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.out = file_text(out_);
  outcome.err = file_text(err_);
  fs::remove(out_);
  fs::remove(err_);
  return outcome;
}

Outcome iemlab(const Folder& folder, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), IEMLAB_BINARY);
  return Started(arguments, folder).wait();
}

std::string hash_of(const Folder& folder, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "run");
  arguments.push_back("--json");
  const Outcome outcome = iemlab(folder, arguments);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  return outcome.json()["hash"];
}

Outcome shell(const Folder& folder, const std::string& line) {
  const std::string path = fs::path(IEMLAB_BINARY).parent_path().string();
  return Started({"bash", "-c", "PATH='" + path + "':$PATH; set -o pipefail; " + line}, folder).wait();
}

bool has_modules(const std::string& python, const std::string& modules) {
  const std::string look =
      " -c 'import sys; from importlib.util import find_spec; sys.exit(not all(map(find_spec, "
      "sys.argv[1:])))' ";
  return std::system((python + look + modules + " > /dev/null 2>&1").c_str()) == 0;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out = split(text, '\n');
  if (!out.empty() && out.back().empty()) out.pop_back();
  return out;
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> out = {""};
  for (const char c : text) {
    if (c == separator) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

std::vector<std::string> csv_fields(const std::string& line) {
  std::vector<std::string> out = {""};
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool doubled = quoted && line.compare(i, 2, "\"\"") == 0;
    if (doubled)
      out.back() += line[++i];
    else if (line[i] == '"')
      quoted = !quoted;
    else if (line[i] == ',' && !quoted)
      out.emplace_back();
    else
      out.back() += line[i];
  }
  return out;
}

Table table_of(const std::string& csv) {
  Table table;
  for (const std::string& line : lines_of(csv)) {
    if (table.header.empty()) {
      table.header = csv_fields(line);
      continue;
    }
    table.rows.emplace_back();
    for (const std::string& cell : split(line, ','))
      table.rows.back().push_back(std::strtod(cell.c_str(), nullptr));
    EXPECT_EQ(table.rows.back().size(), table.header.size()) << line;
  }
  return table;
}

std::vector<double> Table::column(const std::string& name) const {
  const auto at = std::find(header.begin(), header.end(), name);
  if (at == header.end()) {
    ADD_FAILURE() << "no column " << name;
    return {};
  }
  std::vector<double> out;
  for (const auto& row : rows) out.push_back(row[static_cast<std::size_t>(at - header.begin())]);
  return out;
}

std::string small_scene(const std::string& more) { return "format = 1\nlab = \"mixture\"\n" + more; }

}  // namespace iem::test
