// The options of the command line that furnish figures, made from the pieces of core/figure/furniture.h:
// "paper.x_range" is
// --x-range, and "paper.label.x" is --label x=TEXT.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/config/config.h"
#include "core/figure/figure.h"

namespace iem {

struct FurnitureOption {
  std::string name, type, help;    // "--x-range", "A,B", without a full stop
  std::vector<std::string> words;  // what a shell offers for its value
  bool in_parts = false;           // given once for each part
  bool of_file = false;            // as in FurniturePiece
};
std::vector<FurnitureOption> furniture_options();

using GivenFurniture = std::map<std::string, std::vector<std::string>>;  // by the option's name

// The same configuration with the furniture that was given. Throws InputError, which names the option, for a
// value that does not fit; the second form only looks at the values.
Config with_furniture(Config paper, const GivenFurniture& given);
void check_furniture(const GivenFurniture& given);

// What was given in vain, in a configuration as it comes from with_furniture, of a figure without its
// furniture: "--log: neither axis of stage can be logarithmic".
std::vector<std::string> given_in_vain(const Figure& figure, const Config& paper);
// The same of what a film cannot have, whatever it shows.
std::vector<std::string> given_in_vain_to_film(const Config& paper);

}  // namespace iem
