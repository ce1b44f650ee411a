#include "app/gui/cards/kept_furniture.h"

#include <algorithm>
#include <sstream>

#include "core/base/error.h"
#include "core/config/assignment.h"
#include "core/config/config.h"
#include "core/figure/furniture.h"

namespace iem::gui {
namespace {

const FurniturePiece* piece_of(const std::string& key) {
  const auto pieces = furniture_pieces();
  const auto found = std::ranges::find_if(pieces, [&](const FurniturePiece& p) { return p.key.key == key; });
  return found == pieces.end() ? nullptr : &*found;
}

}  // namespace

bool outlives_its_run(const std::string& key, const Value& value) {
  const FurniturePiece* piece = piece_of(key);
  if (piece == nullptr) return false;
  if (piece->of_file) return true;  // a page that shows any run
  if (piece->key.kind == ParameterKind::choice || piece->key.kind == ParameterKind::real) return true;
  // A caption that is switched on or off.
  const auto* words = std::get_if<std::string>(&value);
  return words && std::ranges::find(piece->key.choices, *words) != piece->key.choices.end();
}

std::string write_kept_furniture(const FurnitureByFigure& chosen) {
  std::string out;
  for (const auto& [figure, pieces] : chosen)
    for (const auto& [key, value] : pieces)
      if (outlives_its_run(key, value)) out += figure + " " + key + "=" + to_toml(value) + "\n";
  return out;
}

FurnitureByFigure read_kept_furniture(const std::string& text) {
  FurnitureByFigure out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t gap = line.find(' ');
    if (gap == std::string::npos) continue;
    try {
      Assignment said = parse_assignment(line.substr(gap + 1), "");
      const FurniturePiece* piece = piece_of(said.key);
      if (piece == nullptr) continue;
      Value value = checked_value(piece->key, std::move(said.value), {});
      if (outlives_its_run(said.key, value)) out[line.substr(0, gap)][said.key] = std::move(value);
    } catch (const InputError&) {
      continue;  // of another version
    }
  }
  return out;
}

}  // namespace iem::gui
