// The tables of tests/tables: as real programs write them, each with its points or its one line.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace iem::test {

struct RealTable {
  std::string name;                               // of the file in tests/tables
  std::vector<std::pair<double, double>> points;  // empty: it is refused
  std::string note;                               // what is said of the columns taken; empty: nothing
  std::string error;                              // how the line of the refusal ends

  std::string path() const;  // of the file
};

// As expected.txt lists them, every file of the folder once.
std::vector<RealTable> real_tables();

}  // namespace iem::test
