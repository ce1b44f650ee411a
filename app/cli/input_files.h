// The files that a command reads, none of which its outputs may replace.
#pragma once

#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/stepping.h"

namespace iem::cli {

// The scene, session or figure that is opened, and the data that it and its edits name; built-in ones are no
// files. `what` says how the command line or the scene calls it.
std::vector<NamedFile> input_files(const std::string& scene, const Run& run,
                                   const std::vector<TimedEdit>& edits = {});
// The same for a scene that is not opened yet.
std::vector<NamedFile> input_files(const std::string& name, const Scene& scene);

// A note where the points come from a table that the program wrote about a run, as the description beside it
// says: loss and steps are no points. Empty where they do not, where the table is one of points, and where
// data.columns says which numbers are meant.
std::string note_on_points(const Setup& setup);

// Whether two names mean the same file, also through links and other spellings.
bool is_same_file(const std::string& a, const std::string& b);

// Throws InputError when an output would replace an input, or two outputs one another. What is written
// through (/dev/stdout, a pipe) replaces nothing.
void check_inputs_are_kept(const std::vector<NamedFile>& outputs, const std::vector<NamedFile>& inputs);
void check_outputs_differ(const std::vector<NamedFile>& outputs);

}  // namespace iem::cli
