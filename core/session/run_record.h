// A run as data: what is said of where numbers come from, in the same form by `iemlab run --json`, by a
// state and by the description beside every table that is written. It holds no time and no folder, so that
// the same run gives the same bytes.
#pragma once

#include <nlohmann/json.hpp>

#include "core/data/table_column.h"
#include "core/run/run.h"

namespace iem {

// Numbers in nested lists of the tensor's shape; null for what is not finite, which JSON lacks.
nlohmann::ordered_json value_json(const Value& value);
nlohmann::ordered_json number_json(double value);

// The scene as nested tables, like its file. Every key of the run that has an effect is there, those with
// their defaults too; of what the window shows only what is set. Written as TOML it is the same run again.
// `changes`: other keys are changed on the way, or in runs beside this one, so that what would change along
// with them is left out where it is not set. That is so anyway where the scene compares runs.
nlohmann::ordered_json settings_json(const Scene& scene, bool changes = false);
// Dotted keys and values as nested tables.
nlohmann::ordered_json settings_json(const std::vector<Edit>& settings);

// {"id", "label", "unit", "help"}, and for standardised numbers {"shift", "scale", "scale_unit"}: the
// original is shift + scale * number.
nlohmann::ordered_json column_json(const TableColumn& column);

// The number of points, their hash and columns; of all axes together "names", "units", "shift", "scale".
nlohmann::ordered_json data_json(const Dataset& data);

// What every record begins with: format, program, instruction set, lab, name, the scene as TOML, and as
// settings.
nlohmann::ordered_json scene_record(const Scene& scene, bool changes = false);

// That of the run's scene, then its seeds, the edits up to the present step, the step, the hash of the state
// there, the data, and the state string, which opens the run at that step. `view` supplies the view keys of
// the window. "left_out" says what the string lacks where it would have been too long.
nlohmann::ordered_json run_record(const Run& run, const Config& view, bool changes = false);

// The same of the run from which others go on, each to a step and hash of its own: "first_step",
// "first_hash".
nlohmann::ordered_json record_of_start(const Run& run, const Config& view);

// As text that ends in a line end; bytes that are not UTF-8 are replaced.
std::string record_text(const nlohmann::ordered_json& record);

}  // namespace iem
