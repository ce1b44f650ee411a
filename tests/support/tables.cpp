#include "tests/support/tables.h"

#include <fstream>
#include <sstream>

namespace iem::test {
namespace {

const std::string kFolder = IEMLAB_SOURCE_DIR "/tests/tables/";

}  // namespace

std::string RealTable::path() const { return kFolder + name; }

std::vector<RealTable> real_tables() {
  std::vector<RealTable> out;
  std::ifstream list(kFolder + "expected.txt");
  for (std::string line; std::getline(list, line);) {
    const std::size_t blank = line.find(' ');
    if (line.empty() || line[0] == '#' || blank == std::string::npos) continue;
    const std::string word = line.substr(0, blank), rest = line.substr(blank + 1);
    if (word == "file") out.push_back({rest, {}, {}, {}});
    if (word == "note") out.back().note = rest;
    if (word == "error") out.back().error = rest;
    if (word != "points") continue;
    std::istringstream points(rest);
    char comma = 0;
    for (double x = 0, y = 0; points >> x >> comma >> y;) out.back().points.emplace_back(x, y);
  }
  return out;
}

}  // namespace iem::test
