// The files that a run is asked to write, parsed from its options once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/export/animation/formats.h"
#include "app/export/formats.h"

namespace iem::cli {

enum class OutputKind : std::uint8_t { trace, state, session, dump, figure, code, animation };

struct Output {
  OutputKind kind;
  std::string id;  // of a dump, figure or animated figure, the language of code; else empty
  std::string path;
  const FigureFormat* format = nullptr;        // of a figure
  const AnimationFormat* animation = nullptr;  // of an animated one

  // A description stands beside it (app/export/table_file.h).
  bool is_table() const {
    return kind == OutputKind::trace || kind == OutputKind::dump ||
           (format && format->kind == FormatKind::numbers);
  }
  bool is_png() const { return format && format->kind == FormatKind::pixels; }
};

// Why a file cannot be called so; empty: it can. `-` is what other programs call standard output.
std::string misnamed(const std::string& file);

// "--dump".
const char* option_of(OutputKind kind);

// Throws InputError for what is not WHAT=FILE, and for a figure that no format fits.
std::vector<Output> parse_outputs(const RunOptions& options);

std::vector<Output> of_kind(const std::vector<Output>& outputs, OutputKind kind);

// Every file that is written, with the option that names it, and those that stand beside it: pictures of a
// TeX figure, descriptions of tables.
std::vector<NamedFile> files_of(const std::vector<Output>& outputs);
// Adds the description of a table, where it has one; `what` is the table's option.
void add_description(const std::string& what, const std::string& table, std::vector<NamedFile>& files);

}  // namespace iem::cli
