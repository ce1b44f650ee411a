// What tests/fuzz keeps of a target: seeds (every input that ever broke something among them) and telling
// words.
#pragma once

#include <string>
#include <vector>

namespace iem::fuzz {

struct Seed {
  std::string file, bytes;
};
std::vector<Seed> seeds(const std::string& target);  // of corpus/TARGET, by name

// The words of dictionaries/NAME.dict, in libFuzzer's format: one a line, quoted, \xHH for any byte.
std::vector<std::string> dictionary(const std::string& name);

}  // namespace iem::fuzz
