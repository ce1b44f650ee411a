// What a shell offers for the word that is being typed, out of the declaration of the command line.
#pragma once

#include <string>
#include <vector>

namespace iem::cli {

struct CommandLine;

// `words` are those after the program's name, the last is the one being typed and may be empty. A line for
// each candidate: the word, a blank and what it is. ":files" stands for names of files.
std::string completions(const CommandLine& line, const std::vector<std::string>& words);

}  // namespace iem::cli
