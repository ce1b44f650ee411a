// The formats of figures, one line each in formats.cpp, from which the command line, the window and the
// writers are derived. The extension of a file chooses the format, in upper case too.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "app/export/export.h"
#include "app/export/missing_letters.h"

namespace iem {

enum class FormatKind : std::uint8_t {
  vector,   // shapes and words: no resolution but that of fields
  pixels,   // of a resolution
  tex,      // pgfplots, with pictures beside it (app/export/tex_figure.h)
  numbers,  // what is behind the picture: no size, no colours, no words
};

struct FigureFormat {
  std::string_view extension;  // ".svg"
  std::string_view label;      // "SVG"
  FormatKind kind = FormatKind::vector;
  bool svg_text = false;       // heeds ExportOptions::svg_text
  bool carries_state = false;  // ExportOptions::metadata is in it, so that the file reopens its run
  // Writes the file whole or not at all.
  void (*write)(const Figure& figure, const std::string& path, const ExportOptions& options) = nullptr;

  bool has_words() const { return kind != FormatKind::numbers; }
  LettersBy letters() const { return kind == FormatKind::tex ? LettersBy::tex : LettersBy::font; }
};

// In the order they are offered.
std::span<const FigureFormat> figure_formats();

// That of a file by its name; null where no format has this extension.
const FigureFormat* figure_format_of(const std::string& path);

// ".svg, .pdf, .png, .tex or .csv".
std::string figure_extensions();

}  // namespace iem
