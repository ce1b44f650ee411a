// A figure for pdflatex, lualatex and xelatex: axes, curves and words as pgfplots and TikZ, fields and clouds
// of many points as PNG files beside it, which LaTeX includes.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/export/export.h"

namespace iem {

// A document: class standalone, pgfplots, one groupplot of all panels. A fragment: the tikzpicture alone, to
// be read into a paper with \input; its first lines say what the paper's preamble must hold.
struct TexFigure {
  std::string text;
  std::vector<std::pair<std::string, std::string>> pictures;  // name without folder, bytes
};

// `path`: where the text will stand; its pictures are named after it. InputError when there are too many.
TexFigure tex_figure(const Figure& figure, const ExportOptions& options, const std::string& path);

// All files that a figure written to `path` may put beside it, one for each picture it may have.
constexpr std::size_t kMostTexPictures = 8;
std::vector<std::string> tex_picture_files(const std::string& path);

// The text and its pictures: all of them, or none.
void write_tex_figure(const Figure& figure, const std::string& path, const ExportOptions& options);

}  // namespace iem
