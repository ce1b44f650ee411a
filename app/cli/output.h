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

  bool is_png() const { return format && format->kind == FormatKind::pixels; }
};

// "--dump".
const char* option_of(OutputKind kind);

// Throws InputError for what is not WHAT=FILE, and for a figure that no format fits.
std::vector<Output> parse_outputs(const RunOptions& options);

// Every file that is written, with the option that names it, and those that a TeX figure may put beside
// itself.
std::vector<NamedFile> files_of(const std::vector<Output>& outputs);

}  // namespace iem::cli
