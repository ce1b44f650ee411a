// A session that is opened is saved to text that opens at the same state.
#include "core/session/session.h"
#include "core/base/hash.h"
#include "core/config/assignment.h"
#include "core/session/checkpoint.h"
#include "core/session/scene_file.h"
#include "core/session/session_file.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/run/scene.h"
#include "tests/fuzz/targets.h"

namespace iem::fuzz {
namespace {

// The search is for broken reading, not for long runs: sizes and steps stay where one input takes
// milliseconds, and no file of this machine is opened.
constexpr std::int64_t kMostSteps = 40;
constexpr double kLargestSize = 64;

bool is_small(const Parameter& parameter, const Value& value) {
  if (parameter.key == "seed" || parameter.effect == Effect::view) return true;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer <= kLargestSize;
  if (const auto* text = std::get_if<std::string>(&value))
    return parameter.kind != ParameterKind::text || text->empty() || text->starts_with("builtin:");
  return true;
}

bool is_small(const Config& config) {
  for (const Parameter& parameter : config.table().all())
    if (!is_small(parameter, config.value(parameter.key))) return false;
  return true;
}

// Whether the text leads to little work. What is no session at all is refused soon, and passes.
bool is_small(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("scene") || !json["scene"].is_string()) return true;
  const auto few_steps = [](const nlohmann::json& holder) {
    return !holder.is_object() || !holder.contains("step") || !holder["step"].is_number() ||
           holder["step"].get<double>() <= kMostSteps;
  };
  if (!few_steps(json)) return false;
  try {
    Config config = parse_scene(json["scene"].get<std::string>(), "fuzz.iemlab").config;
    if (!is_small(config)) return false;
    for (const char* list : {"edits", "marks"}) {
      if (!json.contains(list) || !json[list].is_array()) continue;
      if (json[list].size() > kMostSteps) return false;
      for (const auto& entry : json[list]) {
        if (!few_steps(entry)) return false;
        if (!entry.is_object() || !entry.contains("key") || !entry["key"].is_string() ||
            !entry.contains("value") || !entry["value"].is_string())
          continue;
        const std::string key = entry["key"].get<std::string>();
        const Parameter* parameter = config.table().find(key);
        if (!parameter) continue;
        const Assignment made = parse_assignment(key + "=" + entry["value"].get<std::string>(), "edit");
        if (!is_small(*parameter, checked_value(*parameter, made.value, {}))) return false;
      }
    }
  } catch (const InputError&) {
    return true;  // refused by load_session too
  }
  return true;
}

std::vector<std::string> before_of(const nlohmann::json& checkpoint) {
  std::vector<std::string> out;
  if (!checkpoint.contains("before") || !checkpoint["before"].is_array()) return out;
  for (const nlohmann::json& each : checkpoint["before"])
    if (each.is_string()) out.push_back(each.get<std::string>());
  return out;
}

// With a checkpoint that claims to be whole: else no altered state would come further than its sum.
std::string summed_up(std::string_view text) {
  auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("checkpoint") || !json["checkpoint"].is_object() ||
      !json["checkpoint"].contains("state") || !json["checkpoint"]["state"].is_string())
    return std::string(text);
  const std::string state = json["checkpoint"]["state"].get<std::string>();
  json["program"] = program_name();
  json["checkpoint"]["sum"] = checkpoint_sum(state, before_of(json["checkpoint"]));
  if (const auto read = read_checkpoint(state); read && read->step <= kMostSteps) {
    json["step"] = read->step;
    json["hash"] = hex(read->hash());
  }
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void session(std::string_view bytes) {
  static const auto pool = std::make_shared<ThreadPool>(1);
  if (!is_small(bytes)) return;
  expect_value_or_one_line([&] {
    const LoadedSession first = load_session(bytes, "fuzz.iemlab", pool);
    const std::string saved = save_session(first.run, first.run.setup().config());
    const LoadedSession second = load_session(saved, "saved.iemlab", pool);
    IEM_CHECK(second.parted.empty() || !first.parted.empty());
    IEM_CHECK(second.run.state().hash() == first.run.state().hash());
    // The states that it carries may be anything, and are stepped on.
    LoadedSession shown = show_session(summed_up(bytes), "fuzz.iemlab", pool);
    for (int i = 0; i < 3 && shown.replay; ++i) shown.run.step();
    if (shown.replay) shown.run.seek(shown.run.first_kept());
    for (int i = 0; i < 3 && shown.replay; ++i) shown.run.step();
  });
}

}  // namespace iem::fuzz
