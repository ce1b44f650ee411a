// What a column of a written table holds: its name in the header, and what the description beside the table
// (app/export/table_file.h) says of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/data/dataset.h"

namespace iem {

struct TableColumn {
  std::string id;          // in the header, unlike all others: "bill_length_mm"
  std::string label = {};  // words: "bill length"
  std::string unit = {};   // "mm", "nats"; empty: none
  std::string help = {};   // one sentence; empty: the label says it
  // Of standardised numbers: the original is shift + scale * number, in `unit`.
  struct Standardised {
    double shift = 0, scale = 1;
    std::string unit;
  };
  std::optional<Standardised> standardised = {};
};

// Of one coordinate of the points: words and unit as axes show them. Its id is the name in the data's own
// file, without its unit where the numbers are standardised, or `otherwise`.
TableColumn point_column(const Dataset& data, int coordinate, const std::string& otherwise = {});

// Of all coordinates, with ids that differ from each other and from those in `taken`. Coordinates without a
// name of their own have the ids in `otherwise`, which are D.
std::vector<TableColumn> point_columns(const Dataset& data, const std::vector<std::string>& otherwise,
                                       const std::vector<std::string>& taken = {});

// d0, d1, ...: a number for each component, labelled "LABEL, component 0".
std::vector<TableColumn> component_columns(const std::string& letter, int count, const std::string& label,
                                           const std::string& unit = {}, const std::string& of = "component");

}  // namespace iem
