// Settings, as `--json` and the descriptions of tables have them, as the text of a scene.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace iem::test {

// Written from the JSON alone: the program's own writer of scenes has no part in it.
std::string scene_of_settings(const nlohmann::ordered_json& settings);

}  // namespace iem::test
