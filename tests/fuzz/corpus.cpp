#include "tests/fuzz/corpus.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "core/data/table_reader.h"

namespace iem::fuzz {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(IEMLAB_SOURCE_DIR) / "tests/fuzz";

std::string unquoted(const std::string& line) {
  std::string out;
  for (std::size_t i = 1; i + 1 < line.size(); ++i) {
    if (line[i] != '\\') {
      out += line[i];
    } else if (line[++i] == 'x') {
      out += static_cast<char>(std::stoi(line.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      out += line[i];
    }
  }
  return out;
}

}  // namespace

std::vector<Seed> seeds(const std::string& target) {
  std::vector<Seed> out;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder / "corpus" / target))
    out.push_back({entry.path().filename().string(), read_file(entry.path().string())});
  std::ranges::sort(out, {}, &Seed::file);
  return out;
}

std::vector<std::string> dictionary(const std::string& name) {
  std::istringstream text(read_file((kFolder / "dictionaries" / (name + ".dict")).string()));
  std::vector<std::string> out;
  for (std::string line; std::getline(text, line);)
    if (line.starts_with('"')) out.push_back(unquoted(line));
  EXPECT_FALSE(out.empty()) << name;
  return out;
}

}  // namespace iem::fuzz
