// What surrounds the marks of a figure on paper: title, caption, names and ranges of axes, legend, type,
// colours. Each piece is declared once, as a key: a scene says it in its table [paper], the command line as
// an option, the export card as a row. Furniture is put on the figure before any canvas, so that all formats
// agree; tables keep all numbers, whatever the ranges.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/config.h"
#include "core/config/parameter.h"
#include "core/figure/figure.h"

namespace iem {

// With its doubt as the last sentence of the caption, where it is not there yet.
Figure with_doubt(Figure figure);

// The link to the run, and its code (app/export/link/run_link.h).
inline constexpr const char *kLinkKey = "paper.link", *kCodeKey = "paper.qr";

struct FurniturePiece {
  Parameter key;  // "paper.x_range"; its Effect is view
  // Puts the value on a figure. Returns why it cannot be there, or an empty string.
  std::string (*apply)(Figure& figure, const Value& value) = nullptr;
  std::string of_all =
      {};  // help of the option that several pieces share ("paper.label.x"); empty: the key's
  // Why the value leaves a figure as it is, a clause; empty: it does not. Null: no value does.
  std::string (*idle)(const Figure& figure, const Value& value) = nullptr;
  // Of the file rather than of the figure: pages of several figures and films do not have it.
  bool of_file = false;
};

// In the order in which they are put on a figure.
std::span<const FurniturePiece> furniture_pieces();

// Their keys, for the table of a lab.
std::vector<Parameter> paper_parameters();
bool is_furniture(std::string_view key);

// The view of a stage that is drawn over the ranges of its furniture: what it computes over the plane reaches
// as far as they do.
Config over_paper_ranges(Config view);

// A piece that leaves a figure as it is, and why: "neither axis of stage can be logarithmic".
struct IdleFurniture {
  std::string key, why;
};
// Those that `paper` sets, of a figure without its furniture.
std::vector<IdleFurniture> idle_furniture(const Figure& figure, const Config& paper);

// The figure with all furniture that `paper` sets. Throws InputError, at the place where a key was set, for
// what the figure cannot have: a logarithmic axis has no range that includes 0.
Figure furnished(Figure figure, const Config& paper);

}  // namespace iem
