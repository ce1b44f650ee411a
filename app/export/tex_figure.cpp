// A figure as a LaTeX document, or as a picture to be read into one, with its pictures of pixels beside it.
#include "app/export/tex_figure.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <utility>

#include "app/export/escape.h"
#include "app/export/page_layout.h"
#include "app/export/pgfplots_writer.h"
#include "app/export/tex_letters.h"
#include "app/export/tikz_canvas.h"
#include "app/paint/png_file.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/number.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/figure/caption.h"
#include "core/session/state_string.h"

namespace iem {
namespace {

namespace fs = std::filesystem;

using paint::Page;
using paint::PaperScale;
using paint::Theme;
using paint::TikzCanvas;
using paint::Transform;

// The gap between the plots of two panels, in style pixels: the largest one needed, since a groupplot has a
// single gap.
double gap_between(const Page& page) {
  double most = 0;
  for (std::size_t i = page.columns(); i < page.cells.size(); ++i)
    most = std::max(most, page.cells[i].plot.y0 - page.cells[i - page.columns()].plot.y1);
  return most;
}

std::size_t rows_of(const Page& page) { return (page.cells.size() + page.columns() - 1) / page.columns(); }

std::string gap_between_columns(const Page& page, PaperScale scale) {
  if (page.columns() < 2) return "";
  return ", horizontal sep=" + paint::tikz_length(page.cells[1].plot.x0 - page.cells[0].plot.x1, scale);
}

std::string definition_of_paper(const Theme& theme) {
  return "\\definecolor{paper}{rgb}{" + exact_number(theme.paper.r) + "," + exact_number(theme.paper.g) +
         "," + exact_number(theme.paper.b) + "}";
}

// The text before the picture: the preamble of a document, or for a fragment a comment on what the paper's
// preamble must contain.
std::string beginning(const ExportOptions& options, const Theme& theme, bool paper) {
  if (options.tex == TexKind::fragment) {
    std::string out =
        "% In the preamble: \\usepackage{amsmath,amssymb} \\usepackage{pgfplots}\n"
        "%   \\usepgfplotslibrary{groupplots} \\pgfplotsset{compat=1.16}\n";
    if (paper) out += "%   \\usetikzlibrary{backgrounds}\n" + definition_of_paper(theme) + "%\n";
    return out;
  }
  std::string out =
      "\\documentclass[border=2pt]{standalone}\n\\usepackage{amsmath,amssymb}\n"
      "\\usepackage{pgfplots}\n"
      "\\usepgfplotslibrary{groupplots}\n\\pgfplotsset{compat=1.16}\n\\begin{document}\n";
  if (paper) out += definition_of_paper(theme) + "\\pagecolor{paper}\n";
  return out;
}

std::string picture_begin(const ExportOptions& options, bool paper) {
  const bool behind = paper && options.tex == TexKind::fragment;
  return std::string("\\begin{tikzpicture}") +
         (behind ? "[show background rectangle, background rectangle/.style={fill=paper}]" : "") + "\n";
}

// Type that is so large at 7 pt.
std::string font(double pt, double line_pt, PaperScale scale) {
  const auto sized = [&](double at_7) {
    return exact_number(std::round(100 * at_7 * scale.points_per_px / paint::kPointsPerPx) / 100);
  };
  return "\\sffamily\\fontsize{" + sized(pt) + "}{" + sized(line_pt) + "}\\selectfont";
}

std::string group_begin(const Page& page, const Theme& theme, PaperScale scale) {
  const std::string ink = paint::tikz_colour("text", {theme.ink, 1}),
                    muted = paint::tikz_colour("text", {theme.muted, 1});
  return "\\begin{groupplot}[\n  group style={group size=" + std::to_string(page.columns()) + " by " +
         std::to_string(rows_of(page)) + gap_between_columns(page, scale) +
         ", vertical sep=" + paint::tikz_length(gap_between(page), scale) +
         "},\n  scale only axis, scaled ticks=false, axis x line*=bottom, axis y line*=left, axis line "
         "style={" +
         paint::tikz_colour("draw", {theme.hairline, 1}) +
         ", line width=0.4pt},\n  tick style={draw=none}, every tick label/.append style={" + muted +
         ", font=" + font(7, 8.4, scale) +
         "},\n  title style={at={(0,1)}, anchor=base west, "
         "inner sep=0pt, " +
         ink + ", font=\\sffamily\\fontsize{7.6}{9}\\selectfont}]\n";
}

// LaTeX breaks the caption where it likes: the link is a line of the same node, in words that stay together.
std::string link_line(const Page& page, const Theme& theme, PaperScale scale) {
  if (page.link.words.empty()) return "";
  const std::string size = paint::tikz_length(paint::kLinkSize, scale),
                    skip = paint::tikz_length(paint::kLinkLine, scale);
  return (page.caption.empty() ? "" : "\\par") + std::string("{\\fontsize{") + size + "}{" + skip +
         "}\\selectfont\\textcolor[rgb]{" + exact_number(theme.muted.r) + "," + exact_number(theme.muted.g) +
         "," + exact_number(theme.muted.b) + "}{\\mbox{" + tex_escaped(page.link.words) + "}}\\par}";
}

// A place on the page, from a corner that LaTeX knows.
std::string from_last_row(const Page& page, paint::Px at, PaperScale scale) {
  return "[xshift=" + paint::tikz_length(at.x - page.cells[0].plot.x0, scale) + ", yshift=-" +
         paint::tikz_length(at.y - page.cells.back().plot.y1, scale) + "]group c1r" +
         std::to_string(rows_of(page)) + ".south west";
}

std::string caption_node(const Page& page, const Theme& theme, const std::string& caption, PaperScale scale) {
  if ((page.caption.empty() && page.link.words.empty()) || page.cells.empty()) return "";
  const paint::Px at = page.caption.empty() ? page.link.at : page.caption.front().at;
  return "\\node[anchor=base west, text width=" + paint::tikz_length(page.caption_px, scale) +
         ", inner sep=0pt, " + paint::tikz_colour("text", {theme.ink, 1}) + ", font=" + font(7, 9.4, scale) +
         "] (words) at (" + from_last_row(page, {page.cells[0].plot.x0, at.y}, scale) + ") {" +
         paint::tex_of_marked(caption) + link_line(page, theme, scale) + "};\n";
}

// Below the words it is as far below them as LaTeX has set them.
std::string code_of_link(const Page& page, const Theme& theme, bool transparent, PaperScale scale) {
  if (page.link.code.side == 0 || page.cells.empty()) return "";
  const bool below = page.link.is_below && !(page.caption.empty() && page.link.words.empty());
  TikzCanvas canvas(page.link.corner, scale);
  const paint::PxRect place = draw_link_code(page.link, theme, transparent, canvas, 0);
  // Nothing is drawn here: the picture becomes as large, so that what must stay free does.
  const auto corner = [&](double x, double y) {
    return "(" + paint::tikz_length(x - page.link.corner.x, scale) + "," +
           paint::tikz_length(page.link.corner.y - y, scale) + ")";
  };
  canvas.append("\\path " + corner(place.x0, place.y0) + " rectangle " + corner(place.x1, place.y1) + ";\n");
  return "\\begin{scope}[shift={(" +
         (below ? std::string("[yshift=-6pt]words.south east")
                : from_last_row(page, page.link.corner, scale)) +
         ")}]\n" + canvas.code() + "\\end{scope}\n";
}

// The file name without extension, in letters that LaTeX accepts in the name of a picture. Other letters
// become dashes; a hash of the original keeps different names different.
std::string safe_stem(const std::string& path) {
  const std::string stem = fs::path(path).stem().string();
  std::string out;
  for (const char c : stem) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    out += plain ? c : '-';
  }
  const bool changed =
      stem.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") !=
      std::string::npos;
  if (!changed) return out;
  Hash hash;
  hash.add(std::string_view(stem));
  char mark[16];
  std::snprintf(mark, sizeof mark, "-%08x", static_cast<unsigned>(hash.value()));
  constexpr std::size_t kLongest = 100;
  return out.substr(0, kLongest) + mark;
}

std::string picture_name(const std::string& stem, std::size_t index) {
  return stem + "-field" + (index == 0 ? "" : "-" + std::to_string(index + 1)) + ".png";
}

void write_together(const std::vector<std::pair<std::string, std::string>>& files) {
  std::vector<std::unique_ptr<AtomicFile>> drafts;
  std::vector<AtomicFile*> all;
  for (const auto& [path, bytes] : files) {
    drafts.push_back(std::make_unique<AtomicFile>(path));
    drafts.back()->write(bytes);
    all.push_back(drafts.back().get());
  }
  commit_together(all);
}

}  // namespace

TexKind tex_kind_from_name(std::string_view name) {
  if (name == "document") return TexKind::document;
  if (name == "fragment") return TexKind::fragment;
  throw InputError("tex is '" + printable(name) + "', allowed are document and fragment");
}

std::vector<std::string> tex_picture_files(const std::string& path) {
  const std::string stem = safe_stem(path);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < kMostTexPictures; ++i)
    out.push_back((fs::path(path).parent_path() / picture_name(stem, i)).string());
  return out;
}

TexFigure tex_figure(const Figure& figure, const ExportOptions& options, const std::string& path) {
  const Theme& theme = paint::theme(options.theme, figure.paper.palette);
  const PaperScale scale = PaperScale::of_type(figure.paper.type_pt);
  TikzCanvas ruler(Transform(Axis{}, Axis{}, {0, 0, 1, 1}));
  const paint::LinkRoom link(options.link, scale.px_per_cm());
  const Page page = paint::lay_out_page(figure, options.width_cm * scale.px_per_cm(),
                                        options.height_cm * scale.px_per_cm(), ruler, nullptr, &link);
  paint::PaintOptions paint = with_names_of(page, {});
  paint.place_labels = true;
  paint.image_density = options.density * (scale.points_per_px / paint::kPointsPerPx);
  // LaTeX takes a millisecond and more for each disc of its own colour.
  paint.splat_above = 300;

  TexFigure out;
  const std::string stem = safe_stem(path);
  const auto gallery = [&](const paint::Image& image) {
    if (out.pictures.size() == kMostTexPictures)
      throw InputError("the figure has more than " + std::to_string(kMostTexPictures) +
                       " pictures of pixels; as .pdf it is one file");
    out.pictures.emplace_back(picture_name(stem, out.pictures.size()), encode_png(image, 300));
    return out.pictures.back().first;
  };
  const bool paper = !options.transparent && options.theme == paint::ThemeId::dark;
  out.text = "% " + comment_text(figure.title) + "\n";
  if (is_state_string(options.metadata)) out.text += "% " + options.metadata + "\n";
  std::string plots = group_begin(page, theme, scale);
  for (const Page::Cell& cell : page.cells) plots += paint::panel_as_axis(cell, theme, paint, gallery, scale);
  plots += "\\end{groupplot}\n" + caption_node(page, theme, figure.caption, scale) +
           code_of_link(page, theme, options.transparent, scale);
  out.text += beginning(options, theme, paper) + picture_begin(options, paper);
  out.text += tex_letter_definitions(plots) + plots + "\\end{tikzpicture}";
  out.text += options.tex == TexKind::fragment ? "%\n" : "\n\\end{document}\n";
  return out;
}

void write_tex_figure(const Figure& figure, const std::string& path, const ExportOptions& options) {
  TexFigure tex = tex_figure(figure, options, path);
  std::vector<std::pair<std::string, std::string>> files;
  const fs::path folder = fs::path(path).parent_path();
  for (auto& [name, bytes] : tex.pictures) files.emplace_back((folder / name).string(), std::move(bytes));
  files.emplace_back(path, std::move(tex.text));
  write_together(files);
}

std::string figure_as_tex(const Figure& figure, const ExportOptions& options) {
  return tex_figure(figure, options, "figure.tex").text;
}

}  // namespace iem
