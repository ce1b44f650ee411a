// The furniture that the export card remembers from one program start to the next: how figures are to look,
// and none of the words and ranges, which belong to one run.
#pragma once

#include <map>
#include <string>

#include "core/config/value.h"

namespace iem::gui {

using FurnitureByFigure = std::map<std::string, std::map<std::string, Value>>;  // figure, key

// Whether a piece says how figures look, whatever they show.
bool outlives_its_run(const std::string& key, const Value& value);

// One line each, for Settings::more. Lines that cannot be read, or that no longer fit, are left out.
std::string write_kept_furniture(const FurnitureByFigure& chosen);
FurnitureByFigure read_kept_furniture(const std::string& text);

}  // namespace iem::gui
