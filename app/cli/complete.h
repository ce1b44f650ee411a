// Shell completion of the word being typed, from the declaration of the command line.
#pragma once

#include <string>
#include <vector>

namespace iem::cli {

struct CommandLine;

// `words` are those after the program's name, the last is the one being typed and may be empty. Returns one
// line for each candidate: the word, a blank and its description. ":files" stands for the names of files.
std::string completions(const CommandLine& line, const std::vector<std::string>& words);

}  // namespace iem::cli
