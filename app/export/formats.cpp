#include "app/export/formats.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <new>
#include <vector>

#include "app/export/tex_figure.h"
#include "app/export/writers.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/words.h"
#include "core/system/memory_room.h"

namespace iem {
namespace {

using Bytes = std::string (*)(const Figure&, const ExportOptions&);

template <Bytes make>
void write_bytes(const Figure& figure, const std::string& path, const ExportOptions& options) {
  write_file_atomically(path, make(figure, options));
}

constexpr std::array<FigureFormat, 6> kFormatsOfFigures = {{
    {".svg", "SVG", FormatKind::vector, true, true, write_bytes<figure_as_svg>},
    {".pdf", "PDF", FormatKind::vector, false, true, write_bytes<figure_as_pdf>},
    {".eps", "EPS", FormatKind::vector, false, false, write_bytes<figure_as_eps>},
    {".png", "PNG", FormatKind::pixels, false, true, write_bytes<figure_as_png>},
    {".tex", "TeX", FormatKind::tex, false, true, write_tex_figure},
    {".csv", "CSV", FormatKind::numbers, false, false, write_csv_figure},
}};

}  // namespace

std::span<const FigureFormat> figure_formats() { return kFormatsOfFigures; }

const FigureFormat* figure_format_of(const std::string& path) {
  const std::string extension = lower_case(std::filesystem::path(path).extension().string());
  const auto* found = std::ranges::find(kFormatsOfFigures, extension, &FigureFormat::extension);
  return found == kFormatsOfFigures.end() ? nullptr : found;
}

std::string figure_extensions() {
  std::vector<std::string> all;
  for (const FigureFormat& format : kFormatsOfFigures) all.emplace_back(format.extension);
  return listed_words(all, "or");
}

void write_figure(const Figure& figure, const std::string& path, const ExportOptions& options) {
  if (!figure.sentence.empty())
    throw InputError("the figure " + figure.id + " has nothing to show: " + figure.sentence, {path, 0, 0});
  constexpr std::size_t kDrawing = std::size_t{48} << 20;  // what fonts, formulas and a field take
  if (!has_memory_for(kDrawing)) throw std::bad_alloc();
  const FigureFormat* format = figure_format_of(path);
  if (!format)
    throw InputError("a figure is written as " + figure_extensions() + ", not '" +
                         lower_case(std::filesystem::path(path).extension().string()) + "'",
                     {path, 0, 0});
  format->write(figure, path, options);
}

}  // namespace iem
